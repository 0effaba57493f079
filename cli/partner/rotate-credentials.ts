import { takesHeader } from "../../specs/engine/catalog/lookup.ts";
import type { Operation } from "../../specs/engine/catalog/types.ts";
import { EcoError } from "../../specs/engine/errors/eco-error.ts";
import type { Fields } from "../http/api-client.ts";
import type { Output } from "../output/output.ts";
import { requireParty, type Session, sessionAs } from "../session.ts";
import { listAt, textAt } from "../views/fields.ts";
import { type ClientCredentials, keepCredentials, requireKeeper } from "./keep-credentials.ts";
import { requireOffered, takesField } from "./offered.ts";
import { begin, forget, type PendingRotation, readPending } from "./pending-rotation.ts";

export interface RotationWish {
  /** The credentials to replace; all that the party has where left out. */
  readonly clientId?: string | undefined;
  /** ISO 8601 duration; the ecosystem's own where left out. */
  readonly overlap?: string | undefined;
  readonly endsFormer: boolean;
  readonly secretFile?: string | undefined;
}

export interface Rotated {
  readonly clientId: string;
  readonly file: string;
  /** Those that still count beside the new ones, with their end. */
  readonly former: readonly Fields[];
  readonly ended: readonly string[];
  /** Whether it goes on with one that was cut off. */
  readonly resumed: boolean;
}

/**
 * Replaces the credentials of the session's party: asks under a key that is written down first, keeps what comes, and
 * only then ends the former ones, where that is wished. Cut off anywhere, the next call goes on with it.
 *
 * @throws EcoError before anything is asked: ECO_OPERATION_UNKNOWN, ECO_USAGE; ECO_FILE_UNWRITABLE; what was refused
 */
export async function rotateCredentials(session: Session, wish: RotationWish, out: Output): Promise<Rotated> {
  const party = requireParty(session);
  const operation = checkWish(session, wish);
  const sandbox = session.settings.sandbox.value;
  const found = takesHeader(operation, "idempotency-key") ? await readPending(sandbox, party) : undefined;
  if (found !== undefined)
    out.note(`Going on with the rotation that was begun at ${found.begunAt}, as it was asked for then.`);
  else if (!takesHeader(operation, "idempotency-key"))
    out.warn("This ecosystem answers a repeated request anew: if the answer is lost, so is the new secret.");
  const pending =
    found ?? (await begin(sandbox, party, { input: inputOf(wish), endsFormer: wish.endsFormer }));
  const answer = await ask(session, party, pending);
  const credentials = credentialsIn(answer, operation);
  const file = await keepCredentials(session, credentials, wish.secretFile).catch((cause: unknown) => {
    throw notKept(cause, answer);
  });
  const former = listAt(answer, "former");
  const ends = wish.endsFormer || pending.endsFormer;
  const ended = ends ? await endFormer(session, { party, credentials, former }) : [];
  await forget(sandbox, party);
  const left = former.filter((each) => !ended.includes(textAt(each, "clientId")));
  return { clientId: credentials.clientId, file, former: left, ended, resumed: found !== undefined };
}

function inputOf({ clientId, overlap }: RotationWish): Fields {
  return {
    ...(clientId === undefined ? {} : { clientId }),
    ...(overlap === undefined ? {} : { overlap }),
  };
}

/** Whether all that is wished can be done, before any of it is. */
function checkWish(session: Session, wish: RotationWish): Operation {
  requireOffered(session, "credentials.rotate", "Replacing one's own client secret");
  const operation = session.client.operation("credentials.rotate");
  if (wish.endsFormer) requireOffered(session, "credentials.revoke", "Ending the former secret at once");
  for (const name of Object.keys(inputOf(wish)))
    if (!takesField(operation, name))
      throw new EcoError("ECO_USAGE", `${operation.id} takes no \`${name}\` in this ecosystem.`, {
        fix: "Leave it out: how the former secret ends is the ecosystem's own rule.",
      });
  requireKeeper(session, wish.secretFile);
  const { credentials, settings } = session;
  const own = credentials?.kind === "client" ? credentials.clientId : undefined;
  if (wish.clientId !== undefined && wish.clientId !== own && wish.secretFile === undefined)
    throw new EcoError(
      "ECO_USAGE",
      `${wish.clientId} isn't what the profile ${settings.profileName.value} signs in with${own === undefined ? "" : `: that is ${own}`}.`,
      { fix: "Name a file for its new secret with --secret-file FILE, so that the profile keeps its own." },
    );
  return operation;
}

async function ask(session: Session, party: string, pending: PendingRotation): Promise<Fields> {
  const { client, settings } = session;
  try {
    const input = { partyId: party, ...pending.input };
    return (await client.call("credentials.rotate", input, pending.idempotencyKey)).result;
  } catch (cause) {
    if (!(cause instanceof EcoError)) throw cause;
    const { code, message, details } = cause;
    if (wasRefused(cause)) {
      await forget(settings.sandbox.value, party);
      const fix = code === "ECO_NOT_FOUND" && pending.input["clientId"] !== undefined ? NAMED_FIX : cause.fix;
      throw new EcoError(code, message, { fix, details, cause });
    }
    throw new EcoError(code, message, {
      fix: `${cause.fix} Then run the same command again: nothing is lost, it asks under the same key and is given the same secret.`,
      details,
      cause,
    });
  }
}

const NAMED_FIX =
  "`eco partner show` lists the credentials that count. The signing secret of an endpoint is replaced by `eco events endpoints rotate ID`.";

/** Whether the other side said no, for good: then there is nothing to be gone on with. */
function wasRefused({ code, details }: EcoError): boolean {
  const status = Number(details["status"]);
  return (
    status >= 400 && status < 500 && status !== 401 && status !== 429 && code !== "ECO_IDEMPOTENCY_IN_FLIGHT"
  );
}

function credentialsIn(answer: Fields, operation: Operation): ClientCredentials {
  const [clientId, clientSecret] = [textAt(answer, "clientId"), textAt(answer, "clientSecret")];
  if (clientId !== "" && clientSecret !== "") return { clientId, clientSecret };
  throw new EcoError(
    "ECO_SPEC_INVALID",
    `The answer of ${operation.id} holds no credentials where the spec set says.`,
    {
      fix: "Bind `clientId` and `clientSecret` in `x-eco-bind.response` of the operation.",
    },
  );
}

function notKept(cause: unknown, answer: Fields): EcoError {
  const { code, message } =
    cause instanceof EcoError ? cause : new EcoError("ECO_FILE_UNWRITABLE", String(cause), { cause });
  const ends = listAt(answer, "former")
    .map((each) => textAt(each, "expiresAt"))
    .filter((end) => end !== "");
  const until = ends.length === 0 ? "" : ` The former secret counts until ${ends.sort()[0]} of virtual time.`;
  return new EcoError(code, `The new secret was given, and could not be kept: ${message}`, {
    fix: `Make room or mend the permissions, then run the same command again: it is given the same secret.${until}`,
    cause,
  });
}

interface Superseded {
  readonly party: string;
  /** The new ones. */
  readonly credentials: ClientCredentials;
  readonly former: readonly Fields[];
}

/** By the new credentials, which shows that they are good before the old ones are gone. */
async function endFormer(session: Session, { party, credentials, former }: Superseded): Promise<string[]> {
  const renewed = sessionAs(session, { kind: "client", ...credentials, source: "the rotation" });
  const ended: string[] = [];
  for (const clientId of former.map((each) => textAt(each, "clientId"))) {
    await renewed.client.call("credentials.revoke", { partyId: party, clientId }).catch((cause: unknown) => {
      // Ended by itself meanwhile, or by the command that was cut off.
      if (!(cause instanceof EcoError) || cause.code !== "ECO_NOT_FOUND") throw notEnded(cause, former);
    });
    ended.push(clientId);
  }
  return ended;
}

function notEnded(cause: unknown, former: readonly Fields[]): unknown {
  if (!(cause instanceof EcoError)) return cause;
  const until = former.map((each) => textAt(each, "expiresAt")).sort()[0];
  return new EcoError(
    cause.code,
    `The new secret is kept; the former one still counts, until ${until}: ${cause.message}`,
    {
      fix: `${cause.fix} Then run \`eco partner rotate --now\` again: it goes on with this rotation and ends the former secret.`,
      details: cause.details,
      cause,
    },
  );
}
