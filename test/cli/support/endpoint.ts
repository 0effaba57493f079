import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

export interface Endpoint {
  readonly url: string;
  /** Ids of the events that came, in order. */
  readonly ids: readonly string[];
}

/** An endpoint for events that hands every challenge back. Closed at the end of the test. */
export async function openEndpoint(): Promise<Endpoint> {
  const ids: string[] = [];
  const endpoint = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += String(chunk);
    ids.push(String(request.headers["webhook-id"]));
    const { data } = JSON.parse(body) as { data: { challenge?: string } };
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify({ challenge: data.challenge }));
  });
  await new Promise<void>((resolve) => endpoint.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    endpoint.close();
    endpoint.closeAllConnections();
  });
  return { url: `http://127.0.0.1:${(endpoint.address() as AddressInfo).port}`, ids };
}
