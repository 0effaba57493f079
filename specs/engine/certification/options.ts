import type { Validators } from "../catalog/schemas/schema-validator.ts";
import type { Catalog, WorkflowRef } from "../catalog/types.ts";
import type { JourneyRun } from "../journey/index.ts";
import type { CertificateClaims } from "./certificate/claims.ts";
import type { ClientSession } from "./client/probes.ts";
import type { CheckDefinition, Exchange, Finding, LevelDefinition, Part } from "./model.ts";

/** The partner's own API, the one that the ecosystem calls. */
export interface ProviderTarget {
  /** Stands for the document's server: an operation is called at `url` + its path template. */
  readonly url: string;
  /** Path of the OpenAPI document it implements; without it, the one that the certification documents name, else the only one. */
  readonly document?: string;
  /** Sent with every authenticated call: `{authorization: "Bearer …"}`. */
  readonly credentials?: Readonly<Record<string, string>>;
  /** Credentials that are past their expiry. */
  readonly expiredCredentials?: Readonly<Record<string, string>>;
  /** Genuine credentials without the scopes that the operations need. */
  readonly limitedCredentials?: Readonly<Record<string, string>>;
  /** Credentials of another tenant of the same API. */
  readonly otherCredentials?: Readonly<Record<string, string>>;
  /** Path parameter → value of a resource that exists, where the API has no operation that makes one. */
  readonly samples?: Readonly<Record<string, string>>;
}

/** The partner's webhook endpoint. */
export interface ReceiverTarget {
  readonly url: string;
  /** Standard Webhooks secret, `whsec_…`, that the receiver verifies with. */
  readonly secret: string;
  /** The secret before the last rotation, still accepted. */
  readonly previousSecret?: string;
  /** A secret whose overlap has ended. */
  readonly retiredSecret?: string;
  /**
   * Optional inspection endpoint: `GET url?id=WEBHOOK_ID` answers 200 `{"id": "…", "effects": 1}`, with how often the
   * message took effect (0 when it never did). Without it only status codes are observable.
   */
  readonly inspection?: string;
}

/** The sandbox that journeys run against. */
export interface SandboxTarget {
  readonly url: string;
  /** Headers for every request, such as an access token; a step's own parameters win. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Overrides of a workflow's inputs: workflow id → inputs. */
  readonly inputs?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /**
   * Journeys in which the partner's own builds took their steps, conducted by whoever watched them: then nothing is run
   * against `url`. A text says why there is no run; undefined is for a workflow that has no step of the partner.
   */
  readonly conducted?: (workflow: WorkflowRef) => Promise<JourneyRun | string | undefined>;
}

/** A delivery that the partner is asked about, under the words of the rate cards. Times have the offset of the rate card's zone; without one they are local to it. */
export interface FigureDelivery {
  readonly id: string;
  readonly product: string;
  readonly customer: string;
  readonly provider?: string;
  readonly startedAt: string;
  readonly endedAt?: string;
  readonly usage: Readonly<Record<string, string | boolean | readonly string[]>>;
}

/** What a delivery comes to over its own charges. In minor units of the currency. */
export interface RatedFigures {
  readonly currency: string;
  readonly netMinor: bigint;
  readonly serviceCreditMinor: bigint;
  readonly taxMinor: bigint;
  readonly payableMinor: bigint;
}

/** The ecosystem's own rating, as much of it as certification asks. Without counters: each delivery is the first of its period. */
export interface RatingRules {
  readonly products: readonly string[];
  describe(product: string):
    | {
        readonly needsEnd: boolean;
        readonly measures: readonly {
          readonly name: string;
          readonly required: boolean;
          readonly type: "number" | "boolean" | "text" | "amounts";
        }[];
      }
    | undefined;
  /** `startedAt` and `endedAt` come back with the offset that the rate card's zone has then. */
  rate(
    delivery: FigureDelivery,
  ):
    | (RatedFigures & { readonly kind: "rated"; readonly startedAt: string; readonly endedAt?: string })
    | { readonly kind: "unrated" };
}

/**
 * Where the partner's own figures come from: `POST url` with `{"kind": "charge" | "reversal", "delivery": {…}}` answers 200
 * `{"currency", "netMinor", "serviceCreditMinor", "taxMinor", "payableMinor"}`, or 4xx where it has no price for it.
 */
export interface FiguresSource {
  readonly url: string;
  /** The products that the partner computes figures for; all that the rate cards have where left out. */
  readonly products?: readonly string[];
}

/** What the partner says it does; decides which checks apply. */
export interface PartnerManifest {
  readonly id: string;
  /** Its role in the ecosystem, where the manifest of the ecosystem doesn't list it. */
  readonly role?: string;
  readonly parts?: readonly Part[];
  /** Operation ids that the partner's API implements; all where left out. */
  readonly operations?: readonly string[];
  /** Operation ids that the partner's client calls. */
  readonly calls?: readonly string[];
  /** Message types that the receiver subscribes to; all where left out. */
  readonly events?: readonly string[];
  /** Workflow ids; all where left out. */
  readonly workflows?: readonly string[];
  /** Values for the inputs of workflows, by workflow id. */
  readonly inputs?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** Inspection endpoint of the receiver, where `ReceiverTarget.inspection` isn't given. */
  readonly inspection?: string;
  readonly figures?: FiguresSource;
  /** Parameter that names a resource → value of an existing one, beside those of `ProviderTarget.samples`. */
  readonly samples?: Readonly<Record<string, string>>;
  /** Document path → digest of the specs that the partner built against. */
  readonly specDigests?: Readonly<Record<string, string>>;
  /** The partner's build under test. */
  readonly build?: string;
}

/** An exchange of the partner's client, as a sandbox log or a HAR file records it. */
export interface ObservedExchange extends Exchange {
  /** Which run of the client it belongs to, where there were several. */
  readonly session?: number;
  /** The client gave up waiting before the answer came. */
  readonly abandoned?: boolean;
  /** The request's body where it is no text; `body` then shows what can be read of it. */
  readonly requestBytes?: Uint8Array<ArrayBuffer>;
  /** There was a request body, which the recording doesn't hold. */
  readonly bodyMissing?: true;
  /** Whose credentials it carried, where the recording says so (`_party` of a HAR entry). */
  readonly party?: string;
}

export type CertificationEvent =
  | { readonly kind: "check-started"; readonly check: string; readonly index: number; readonly total: number }
  | { readonly kind: "exchange"; readonly check: string; readonly exchange: Exchange }
  | { readonly kind: "finding"; readonly finding: Finding };

export interface CertificationOptions {
  readonly catalog: Catalog;
  /** The checks to choose from; those of the catalogue's certification documents where left out. */
  readonly definitions?: readonly CheckDefinition[];
  readonly levels?: readonly LevelDefinition[];
  /** Parts to run; where left out, those that the targets given make possible. */
  readonly parts?: readonly Part[];
  /** Ids or globs (`receiver.signature.*`): only these run. */
  readonly checks?: readonly string[];
  readonly target?: ProviderTarget;
  readonly webhook?: ReceiverTarget;
  readonly sandbox?: SandboxTarget;
  /** What the partner's client did, oldest first. */
  readonly recording?: readonly ObservedExchange[];
  /** The runs of the client in which the recording was made, where it was probed meanwhile. */
  readonly clientSessions?: readonly ClientSession[];
  readonly partner?: PartnerManifest;
  /** The rules that the partner's own figures are compared with. */
  readonly rating?: RatingRules;
  /** What the partner's last certificate says. */
  readonly lastCertificate?: Pick<CertificateClaims, "sub" | "parts" | "specDigests">;
  readonly seed: string;
  readonly fetch: typeof fetch;
  /** Milliseconds since the epoch; `Date.now` where left out. Signatures carry it. */
  readonly now?: () => number;
  readonly sleep?: (ms: number) => Promise<void>;
  readonly validators?: Validators;
  readonly observer?: (event: CertificationEvent) => void;
  /** One exchange may take this long, body included; 5,000 where left out. */
  readonly timeoutMs?: number;
  /** A part is given up after this long; 120,000 where left out. */
  readonly budgetMs?: number;
  readonly signal?: AbortSignal;
}
