import { EcoError } from "../../specs/engine/errors/eco-error.ts";
import { ApiClient, type Fields } from "../http/api-client.ts";
import type { ControlClient } from "../http/control-client.ts";

/** Pauses or resumes an endpoint: any by the sandbox's control, one's own by the operation that the spec set has for it. */
export async function switchEndpoint(
  client: ControlClient | ApiClient,
  endpointId: string,
  status: "active" | "paused",
): Promise<Fields> {
  if (!(client instanceof ApiClient)) return client.call("updateEndpoint", { endpointId, status });
  try {
    return (await client.call("webhooks.update", { endpointId, status })).result;
  } catch (cause) {
    if (!(cause instanceof EcoError) || cause.code !== "ECO_STATE_TRANSITION") throw cause;
    throw new EcoError(cause.code, cause.message, {
      fix: `When your receiver is there again: eco events endpoints verify ${endpointId}`,
      cause,
    });
  }
}
