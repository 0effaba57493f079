import { onTestFinished } from "vitest";
import { serveOnLoopback } from "../../support/loopback.ts";

export interface Endpoint {
  readonly url: string;
  /** Ids of the events that came, in order. */
  readonly ids: readonly string[];
  /** The status that it answers with from now on; 410 says that it is gone for good. */
  answerWith(status: number): void;
}

/** An endpoint for events that hands every challenge back. Closed at the end of the test. */
export async function openEndpoint(): Promise<Endpoint> {
  const ids: string[] = [];
  let status = 200;
  const { url, close } = await serveOnLoopback(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += String(chunk);
    ids.push(String(request.headers["webhook-id"]));
    const { data } = JSON.parse(body) as { data: { challenge?: string } };
    response.writeHead(status, { "content-type": "application/json" });
    response.end(JSON.stringify({ challenge: data.challenge }));
  });
  onTestFinished(close);
  return {
    url,
    ids,
    answerWith(answered) {
      status = answered;
    },
  };
}
