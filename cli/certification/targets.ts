import { isPlainObject } from "../../specs/engine/catalog/pointer.ts";
import type { Operation } from "../../specs/engine/catalog/types.ts";
import { credentialFields } from "../../specs/engine/certification/credentials.ts";
import type {
  CertificationOptions,
  ObservedExchange,
  Part,
  PartnerManifest,
  ProviderTarget,
  ReceiverTarget,
} from "../../specs/engine/certification/index.ts";
import { EcoError } from "../../specs/engine/errors/eco-error.ts";
import { reasonOf } from "../../specs/engine/errors/reason.ts";
import { httpUrl } from "../../specs/engine/http-url.ts";
import type { Environment } from "../config/paths.ts";
import type { Profile } from "../config/profiles.ts";
import { readJson, readText } from "../read-file.ts";
import { readManifest } from "./partner-manifest.ts";

export interface TargetFlags {
  readonly target?: string | undefined;
  readonly webhook?: string | undefined;
  readonly "webhook-secret-file"?: string | undefined;
  readonly recording?: string | undefined;
  readonly manifest?: string | undefined;
  readonly certificate?: string | undefined;
}

export interface Targets {
  readonly target?: ProviderTarget;
  readonly webhook?: ReceiverTarget;
  readonly recording?: readonly ObservedExchange[];
  readonly partner?: PartnerManifest;
  readonly lastCertificate?: NonNullable<CertificationOptions["lastCertificate"]>;
}

/** What is to be tested, from the flags. Secrets come from the environment, files and the profile, never from flags. */
export async function readTargets(
  flags: TargetFlags,
  profile: Profile | undefined,
  operations: readonly Operation[],
  env = process.env,
): Promise<Targets> {
  const { target, webhook } = flags;
  const credentials = <K extends string>(name: K, token: string | undefined) =>
    token
      ? ({ [name]: credentialFields(token, operations) } as Record<K, Readonly<Record<string, string>>>)
      : {};
  return {
    ...(target === undefined
      ? {}
      : {
          target: {
            url: checkUrl(target, "--target"),
            ...credentials("credentials", env["ECO_TARGET_TOKEN"]),
            ...credentials("expiredCredentials", env["ECO_TARGET_TOKEN_EXPIRED"]),
            ...credentials("limitedCredentials", env["ECO_TARGET_TOKEN_LIMITED"]),
            ...credentials("otherCredentials", env["ECO_TARGET_TOKEN_OTHER"]),
          },
        }),
    ...(webhook === undefined
      ? {}
      : {
          webhook: {
            url: checkUrl(webhook, "--webhook"),
            secret: await webhookSecret(flags, profile, env),
            ...named("previousSecret", env["ECO_WEBHOOK_SECRET_PREVIOUS"]),
            ...named("retiredSecret", env["ECO_WEBHOOK_SECRET_RETIRED"]),
          },
        }),
    ...(flags.recording === undefined ? {} : { recording: await readRecording(flags.recording) }),
    ...(flags.manifest === undefined ? {} : { partner: await readManifest(flags.manifest) }),
    ...(flags.certificate === undefined ? {} : { lastCertificate: await readCertificate(flags.certificate) }),
  };
}

/** A member where there is a value; none where the variable is unset or empty. */
function named<K extends string>(name: K, value: string | undefined): Partial<Record<K, string>> {
  return value ? ({ [name]: value } as Record<K, string>) : {};
}

/** The flag that makes a part possible, for the error where it is missing. */
export const partFlags: Readonly<Record<Part, string>> = {
  client: "--recording FILE with what your client sent, as HAR",
  provider: "--target URL of your API",
  receiver: "--webhook URL of your endpoint",
  journeys: "--sandbox URL of a running sandbox",
  money: "--recording FILE with what your client sent, as HAR, or --manifest FILE with `figures`",
  governance: "--manifest FILE that says what you implement",
};

async function webhookSecret(
  flags: TargetFlags,
  profile: Profile | undefined,
  env: Environment,
): Promise<string> {
  const file = flags["webhook-secret-file"];
  if (file !== undefined) return (await readText(file)).trim();
  const fromEnv = env["ECO_WEBHOOK_SECRET"];
  if (fromEnv) return fromEnv;
  const saved = Object.values(profile?.webhooks ?? {}).find(({ url }) => url === flags.webhook);
  if (saved !== undefined) return saved.secret;
  throw new EcoError(
    "ECO_INPUT_MISSING",
    `The secret that ${flags.webhook} verifies signatures with is not known.`,
    {
      fix: "Give it with --webhook-secret-file FILE or in ECO_WEBHOOK_SECRET; `eco onboard --webhook URL` saves it in the profile.",
    },
  );
}

async function readRecording(path: string): Promise<readonly ObservedExchange[]> {
  const { recordingFromHar } = await import("../../specs/engine/certification/index.ts");
  const recording = await readJson(path);
  try {
    return recordingFromHar(recording);
  } catch (cause) {
    if (cause instanceof EcoError) throw cause;
    throw new EcoError("ECO_INPUT_INVALID", `${path} is no HAR file: ${reasonOf(cause)}.`, {
      cause,
    });
  }
}

/** What a certificate says; whether it is genuine is what `eco certify verify` finds out. */
async function readCertificate(path: string): Promise<NonNullable<Targets["lastCertificate"]>> {
  const { decodeJwt } = await import("jose");
  const text = (await readText(path)).trim();
  try {
    const { sub, parts, specDigests } = decodeJwt<NonNullable<Targets["lastCertificate"]>>(text);
    if (typeof sub === "string" && Array.isArray(parts) && isPlainObject(specDigests))
      return { sub, parts, specDigests };
  } catch {
    // What can't be read is no certificate, for whatever reason.
  }
  throw new EcoError("ECO_INPUT_INVALID", `${path} is no certificate.`, {
    fix: "Give the file that `eco certify show ID --certificate FILE` writes.",
  });
}

function checkUrl(text: string, flag: string): string {
  if (httpUrl(text) !== undefined) return text;
  throw new EcoError("ECO_USAGE", `${flag} \`${text}\` is no http or https URL.`);
}
