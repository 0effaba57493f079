import { type Credentials, credentials } from "./access.ts";

/** What proves to the API who you are. */
export interface Authorization {
  headers(): Promise<Readonly<Record<string, string>>>;
  /** After a 401: drops what was refused. False where asking again gives the same. */
  renew(): boolean;
}

export interface TokenOperation {
  readonly url: () => Promise<string>;
  readonly contentType: string;
  readonly body: (credentials: Credentials) => string;
  /** Names that lead to the token in the answer, and to its life in seconds. */
  readonly token: readonly string[];
  readonly seconds: readonly string[];
}

/** A token is renewed this long before its time is over, so that none expires on the way. */
const RENEW_BEFORE_MS = 30_000;
const TIMEOUT_MS = 10_000;

/** Access tokens, each used until shortly before it expires. */
export function tokenSource(operation: TokenOperation): Authorization {
  let token: Promise<Token> | undefined;
  const fresh = async (): Promise<Token> => {
    const known = await token;
    if (known !== undefined && known.until > performance.now()) return known;
    token = fetchToken(operation);
    // What failed once is asked for again.
    token.catch(() => {
      token = undefined;
    });
    return token;
  };
  return {
    headers: async () => ({ authorization: `Bearer ${(await fresh()).value}` }),
    renew: () => {
      token = undefined;
      return true;
    },
  };
}

interface Token {
  readonly value: string;
  readonly until: number;
}

async function fetchToken({ url, contentType, body, token, seconds }: TokenOperation): Promise<Token> {
  const response = await fetch(await url(), {
    method: "POST",
    headers: { "content-type": contentType, accept: "application/json" },
    body: body(await credentials()),
    redirect: "manual",
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${response.url} refused the credentials: ${response.status} ${text}`);
  const answer: unknown = JSON.parse(text);
  const value = at(answer, token);
  if (typeof value !== "string") throw new Error(`${response.url} answered without an access token.`);
  const life = at(answer, seconds);
  const lifeMs = (typeof life === "number" ? life : 300) * 1000;
  return { value, until: performance.now() + Math.max(1000, lifeMs - RENEW_BEFORE_MS) };
}

function at(value: unknown, names: readonly string[]): unknown {
  return names.reduce(
    (inner: unknown, name) =>
      typeof inner === "object" && inner !== null ? (inner as Record<string, unknown>)[name] : undefined,
    value,
  );
}
