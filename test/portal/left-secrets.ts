import { mkdir, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const CANARY = "canary4f1c";
const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/u, "");

/** Access tokens, webhook secrets, private keys in PEM and as JWK. */
export const SECRET_FORMS =
  /eyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]{10,}|whsec_[A-Za-z0-9+/=_-]{16,}|-----BEGIN [A-Z ]*PRIVATE KEY-----|"d":\s*"[\w-]{40,}"/gu;

/** Leaves a secret wherever a developer's machine may have one, and gives the environment in which a build would find them. */
export async function leaveSecrets(home: string): Promise<Record<string, string>> {
  const secret = (what: string): string => `${CANARY}-${what}`;
  const files: Readonly<Record<string, unknown>> = {
    "config/eco/profiles/default.json": { clientId: secret("client"), clientSecret: secret("secret") },
    "config/eco/profiles/blueline.json": { clientId: secret("client"), clientSecret: secret("secret") },
    "state/eco/sandboxes/localhost-4010.json": { url: "http://127.0.0.1:4010", token: secret("control") },
    "state/eco/webhook-secret": secret("webhook"),
  };
  for (const [name, content] of Object.entries(files)) {
    await mkdir(join(home, name, ".."), { recursive: true });
    await writeFile(join(home, name), JSON.stringify(content), { mode: 0o600 });
  }
  return {
    XDG_CONFIG_HOME: join(home, "config"),
    XDG_STATE_HOME: join(home, "state"),
    ECO_TOKEN: secret("token"),
    ECO_CLIENT_ID: secret("client"),
    ECO_CLIENT_SECRET: secret("secret"),
    ECO_SANDBOX_TOKEN: secret("control"),
    ECO_TARGET_TOKEN: secret("target"),
    ECO_DATABASE_URL: `postgres://${secret("user")}:${secret("password")}@127.0.0.1/eco`,
  };
}

/** Which of the secrets, and of the machine's own names, a text holds. */
export const leftIn = (text: string): string[] =>
  [CANARY, root, ...(hostname().length > 6 ? [hostname()] : [])].filter((one) => text.includes(one));
