import { type CorsPolicy, mayRead } from "../pipeline/cors.ts";
import { type Stop, stop } from "../pipeline/problem.ts";
import { bearerIn } from "../pipeline/schemes.ts";

/** Whether a request may control the sandbox; why not, otherwise. Without any token nobody may over HTTP. */
export function refusedControl(
  { headers }: Request,
  tokens: readonly string[],
  cors: CorsPolicy,
): Stop | undefined {
  const origin = headers.get("origin");
  if (origin !== null && !mayRead(origin, cors)) {
    return stop("ECO_ORIGIN_REFUSED", `Pages of ${origin} may not control this sandbox.`);
  }
  if (tokens.length === 0) {
    return unauthenticated(
      "This sandbox was started without a control token: it can't be controlled over HTTP.",
    );
  }
  const sent = bearerIn(headers.get("authorization"));
  if (sent === "") {
    return unauthenticated("The request needs the control token: `Authorization: Bearer …`.");
  }
  return tokens.some((token) => isSame(sent, token))
    ? undefined
    : unauthenticated("This is not the control token of this sandbox.");
}

const unauthenticated = (detail: string): Stop =>
  stop("ECO_CONTROL_REFUSED", detail, { headers: { "www-authenticate": 'Bearer realm="sandbox control"' } });

/** Takes as long for a nearly right token as for a wrong one, so that it can't be found out letter by letter. */
function isSame(sent: string, token: string): boolean {
  let difference = sent.length ^ token.length;
  for (let at = 0; at < sent.length; at++) {
    difference |= sent.charCodeAt(at) ^ token.charCodeAt(at % token.length);
  }
  return difference === 0;
}
