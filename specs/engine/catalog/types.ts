/** A JSON Schema: an object, or `true`/`false`. Always in the 2020-12 dialect; OpenAPI 3.0 schemas are converted on the way in. */
export type Schema = boolean | { readonly [keyword: string]: unknown };

/** Where a schema stands: a document of the catalogue and a JSON pointer into it. Recursion stays a reference. */
export interface SchemaRef {
  /** The document's path in the spec set, `openapi/partner-api.yaml`. */
  readonly document: string;
  /** `/components/schemas/Delivery` */
  readonly pointer: string;
}

export type DocumentKind =
  | "openapi"
  | "asyncapi"
  | "arazzo"
  | "ecosystem"
  | "agreement"
  | "rate-card"
  | "metrics"
  | "certification";

/** One document of the spec set, bundled: every `$ref` left in it points into itself. */
export interface SpecDocument {
  readonly path: string;
  readonly kind: DocumentKind;
  /** `sha256:` and hex, over the canonical JSON of `content`. Agreements and traces cite documents by it. */
  readonly digest: string;
  readonly content: { readonly [key: string]: unknown };
  /** Other files of the set that it refers to, from file to file; left out where there are none. */
  readonly files?: readonly string[];
}

/** How one field of a form is written. */
export interface FieldEncoding {
  /** Media types that a part may have, with commas between them: `image/png, image/jpeg`. */
  readonly contentType?: string;
  readonly style?: string;
  readonly explode?: boolean;
}

export interface MediaType {
  readonly schema?: SchemaRef;
  /** How the fields of a form are written, by their names; only of those that are written otherwise than usual. */
  readonly encoding?: Readonly<Record<string, FieldEncoding>>;
  readonly examples: Readonly<Record<string, unknown>>;
}

export interface Parameter {
  readonly name: string;
  readonly in: "path" | "query" | "header" | "cookie";
  readonly required: boolean;
  readonly description?: string;
  readonly schema?: SchemaRef;
  readonly style?: string;
  readonly explode?: boolean;
  /** Media type of the text that holds the value, where the parameter has `content` in place of `schema`. */
  readonly contentType?: string;
  readonly allowEmptyValue?: boolean;
  readonly deprecated?: boolean;
  readonly examples: Readonly<Record<string, unknown>>;
}

export interface ResponseSpec {
  /** `201`, `4XX`, `default` */
  readonly status: string;
  readonly description: string;
  readonly headers: Readonly<
    Record<string, { readonly required: boolean; readonly schema?: SchemaRef; readonly description?: string }>
  >;
  readonly content: Readonly<Record<string, MediaType>>;
}

/**
 * Where a value is found in a request: a runtime expression as in Arazzo and OpenAPI links
 * (`$request.body#/usage`, `$request.path.partyId`, `$request.query.limit`, `$request.header.Idempotency-Key`), or a constant.
 */
export type Locator = string | { readonly const: unknown };

/** `x-eco-capability` and `x-eco-bind` of an operation. */
export interface CapabilityBinding {
  readonly name: string;
  /** Canonical input field (dots for depth: `usage.distanceMiles`) → where it is found. Fields not listed are looked up by their own name in body, path and query. */
  readonly request: Readonly<Record<string, Locator>>;
  /** Pointer in the answer's body → canonical result field (dots for depth). Empty: the result is the body. */
  readonly response: Readonly<Record<string, string>>;
}

export interface SecurityScheme {
  readonly name: string;
  /** As declared; `unknown` where nobody can tell what it asks for. */
  readonly type: string;
  readonly scheme?: string;
  readonly in?: string;
  readonly parameterName?: string;
  readonly tokenUrl?: string;
  readonly scopes: readonly string[];
}

export interface Operation {
  /** `operationId`, or method and path where the document gives none. Unique in the catalogue. */
  readonly id: string;
  readonly document: string;
  /** As it is sent: `GET`, `QUERY`, or whatever the document names among its additional operations. */
  readonly method: string;
  /** With the base path of the document's first server: `/v1/deliveries/{deliveryId}`. */
  readonly path: string;
  /** The same with the base paths of its further servers. */
  readonly otherPaths?: readonly string[];
  /** As it stands in the document. */
  readonly template: string;
  /** Values that the template fixes in the query: `?action=list`. */
  readonly query?: Readonly<Record<string, string>>;
  readonly tags: readonly string[];
  readonly summary: string;
  readonly description: string;
  readonly deprecated: boolean;
  readonly parameters: readonly Parameter[];
  readonly requestBody?: {
    readonly required: boolean;
    readonly content: Readonly<Record<string, MediaType>>;
  };
  readonly responses: readonly ResponseSpec[];
  /** Alternatives; each names all the schemes it needs with their scopes. Empty: open to all. */
  readonly security: readonly (readonly {
    readonly scheme: SecurityScheme;
    readonly scopes: readonly string[];
  }[])[];
  readonly capability?: CapabilityBinding;
  /** What is sent to a place that the request names. */
  readonly callbacks?: readonly Callback[];
  /** Pointer of the operation in its document. */
  readonly pointer: string;
}

export interface Callback {
  /** Id of the message that is sent. */
  readonly message: string;
  /** Where to: a runtime expression, alone or in braces inside a URL: `{$request.body#/callbackUrl}/done`. */
  readonly url: string;
}

/** A message of an AsyncAPI document, or a webhook or callback of an OpenAPI document. */
export interface Message {
  /**
   * Its key in `components.messages`, or in its channel; after the channel's name and a dot where another message has
   * that key. Unique in the catalogue.
   */
  readonly id: string;
  readonly document: string;
  /**
   * CloudEvents type: the payload's `type` const where it has one, else the message's name, or its id where another
   * message of the document has that name.
   */
  readonly type: string;
  readonly title: string;
  readonly summary: string;
  readonly description: string;
  readonly channel: string;
  /** Address of the channel. */
  readonly address: string;
  /** Schema of the whole payload (the CloudEvents envelope with its data). */
  readonly payload: SchemaRef;
  readonly examples: readonly unknown[];
  /** Of the payload, as the document names it for the message; absent where it does not. */
  readonly contentType?: string;
  /** Schema of the headers, where the message declares some. */
  readonly headers?: SchemaRef;
  /** Headers of its examples; absent where there are none. */
  readonly headerExamples?: readonly unknown[];
  /** `x-eco-event`: the domain event that causes it. */
  readonly event?: string;
  /** `x-eco-bind`: pointer in the data → field of the domain event (dots for depth), or its `id`, `time`, `subject`. */
  readonly bind?: Readonly<Record<string, string>>;
  readonly pointer: string;
}

export interface WorkflowRef {
  /** `workflowId`. */
  readonly id: string;
  readonly document: string;
  readonly summary: string;
  readonly description: string;
  /** Operation ids that its steps call, in order, nested workflows included. */
  readonly operations: readonly string[];
  readonly pointer: string;
}

/** A company of the ecosystem as the manifest names it. */
export interface PartyDefinition {
  readonly id: string;
  readonly name: string;
  readonly role: string;
  readonly description?: string;
  /** The sandbox plays it until a real partner takes its place. */
  readonly standIn: boolean;
  /** Where the sandbox would pay it, so that payout files can be made before any real partner is there. */
  readonly bankAccount?: { readonly iban: string; readonly bic?: string };
}

export interface RoleDefinition {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly decisionRights: readonly string[];
  /** OAuth scopes that a member of the role is given. */
  readonly scopes: readonly string[];
}

/** `ecosystem.yaml`. Where a spec set has none, the catalogue makes one up from the OpenAPI documents. */
export interface EcosystemManifest {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly orchestrator: string;
  readonly timeZone: string;
  readonly currency: string;
  readonly roles: readonly RoleDefinition[];
  readonly parties: readonly PartyDefinition[];
  /** The rest of the manifest (outcomes, participation, test data), as validated by its schema. */
  readonly content: { readonly [key: string]: unknown };
}

/** A spec set, loaded, bundled, validated and indexed. Plain data: it can be cached as JSON and shipped to a browser. */
export interface Catalog {
  /** `sha256:` over the digests of all documents. */
  readonly digest: string;
  readonly ecosystem: EcosystemManifest;
  readonly documents: readonly SpecDocument[];
  readonly operations: readonly Operation[];
  readonly messages: readonly Message[];
  readonly workflows: readonly WorkflowRef[];
}
