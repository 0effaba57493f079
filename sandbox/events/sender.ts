/** A signed event, ready to go out. */
export interface WebhookRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export type WebhookResult =
  | {
      readonly kind: "answered";
      readonly status: number;
      readonly retryAfter?: string;
      /** The beginning of what it said, enough for a handed back challenge; absent where it said nothing. */
      readonly body?: string;
    }
  /** No answer, or a target that may not be called. */
  | { readonly kind: "failed"; readonly error: string };

/** Takes one event to one endpoint. Never rejects, never follows a redirect. */
export type WebhookSender = (request: WebhookRequest) => Promise<WebhookResult>;
