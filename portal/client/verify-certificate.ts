import { type Verification, verifyCertificate } from "../../specs/engine/certification/certificate/verify.ts";

/** Verifies what stands in the place's text field, now and whenever its button is pressed. */
export function showVerification(place: HTMLElement): void {
  const outcome = place.querySelector<HTMLElement>(".outcome");
  const field = place.querySelector("textarea");
  if (outcome === null || field === null) return;
  const verify = async (): Promise<void> => {
    const { kind, words } = await verified(field.value, place.dataset);
    outcome.className = `outcome ${kind}`;
    outcome.textContent = words;
  };
  place.querySelector("button")?.addEventListener("click", verify);
  void verify();
}

interface Said {
  readonly kind: "holds" | "ended" | "refused" | "unknown";
  readonly words: string;
}

async function verified(
  certificate: string,
  { keys = "[]", issuer = "", list, at = "" }: DOMStringMap,
): Promise<Said> {
  const recordedAt = new Date(at);
  try {
    // As of the record: a copy of the status list says nothing of later, and a sandbox has a clock of its own.
    const verification = await verifyCertificate(certificate, {
      keys: JSON.parse(keys),
      issuer,
      now: recordedAt,
      ...(list === undefined ? {} : { statusList: list }),
    });
    return said(verification, recordedAt);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { kind: "unknown", words: `This browser can't check it: ${why}` };
  }
}

function said(verification: Verification, recordedAt: Date): Said {
  if (!verification.valid) return { kind: "refused", words: `Does not hold: ${verification.message}` };
  const { certificate, notes } = verification;
  const until = new Date(certificate.exp * 1000);
  const more = [
    `${certificate.iss} signed it for ${certificate.sub}, valid until ${day(until)}.`,
    ...notes,
  ].join(" ");
  if (until.getTime() <= Date.now())
    return { kind: "ended", words: `Has ended since: it held on ${day(recordedAt)}. ${more}` };
  return { kind: "holds", words: `Holds, as of ${day(recordedAt)}. ${more}` };
}

const day = (date: Date): string => date.toISOString().slice(0, 10);
