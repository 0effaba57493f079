import { ApiClient, type Fields } from "../http/api-client.ts";
import type { ControlClient } from "../http/control-client.ts";

/** Pauses or resumes an endpoint: any by the sandbox's control, one's own by the operation that the spec set has for it. */
export async function switchEndpoint(
  client: ControlClient | ApiClient,
  endpointId: string,
  status: "active" | "paused",
): Promise<Fields> {
  if (client instanceof ApiClient)
    return (await client.call("webhooks.update", { endpointId, status })).result;
  return client.call("updateEndpoint", { endpointId, status });
}
