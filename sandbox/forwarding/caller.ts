/** A request of the sandbox to a partner's own build. */
export interface PartnerRequest {
  readonly method: string;
  readonly url: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export type PartnerReply =
  | {
      readonly kind: "answered";
      readonly status: number;
      /** Names in lower case. */
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string;
    }
  /** No answer, or a target that may not be called. */
  | { readonly kind: "failed"; readonly error: string };

/** Takes one request to a build. Never rejects, never follows a redirect. */
export interface PartnerCaller {
  (request: PartnerRequest): Promise<PartnerReply>;
  /** Why nothing can be taken to an address, as far as that is known before a connection; undefined where nothing speaks against it. */
  readonly refusalOf?: ((url: URL) => string | undefined) | undefined;
}
