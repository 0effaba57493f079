import { EcoError } from "../../../specs/engine/errors/index.ts";

/** How PostgreSQL, the driver or the network names a fault, and what that means to whoever runs the sandbox. */
type Reason = readonly [reason: string, fix: string];

const CREDENTIALS = "Check user and password in the URL, or give the password in PGPASSWORD.";
const REACH = "Start PostgreSQL there, or correct host and port in `--database` or ECO_DATABASE_URL.";
const AGAIN = "Look at the server's log; once it is back, the sandbox goes on by itself.";
const RIGHTS =
  "Let it create a schema: GRANT CREATE ON DATABASE … TO …. Where the schema is there: GRANT ALL ON SCHEMA eco TO …, GRANT ALL ON ALL TABLES IN SCHEMA eco TO ….";
const TLS = "Set `sslmode` in the URL to what the server offers.";

const REASONS = new Map<string, Reason>([
  ["ECONNREFUSED", ["nothing listens there", REACH]],
  ["ENOTFOUND", ["its host is not known", REACH]],
  ["EAI_AGAIN", ["its host can't be looked up", REACH]],
  ["EHOSTUNREACH", ["its host can't be reached", REACH]],
  ["ETIMEDOUT", ["it doesn't answer", REACH]],
  ["28P01", ["it refuses the user or the password", CREDENTIALS]],
  ["28000", ["it refuses the user", CREDENTIALS]],
  ["3D000", ["the database doesn't exist", "Create it with `createdb`, or name another one in the URL."]],
  ["42501", ["the user lacks a right", RIGHTS]],
  ["25006", ["it takes no writes", "Name the primary server in the URL, not a replica."]],
  ["53100", ["its disk is full", "Free some space; nothing that was acknowledged is lost."]],
  [
    "57014",
    [
      "a statement took longer than its statement_timeout",
      "Lift it for the sandbox's user: ALTER ROLE … SET statement_timeout = 0.",
    ],
  ],
  ["53300", ["it has too many connections", "End some, or raise max_connections."]],
  [
    "55P03",
    ["another process holds this sandbox for too long", "End the process that hangs; nothing is lost."],
  ],
]);

/** Classes of SQLSTATE that speak of the server, not of a statement: connection, resources, operator, system, data. */
const SERVER = /^(08|28|53|57|58|XX|25P0|40)/;
const LOST =
  /^(Connection terminated|Client has encountered a connection error|timeout exceeded when trying)/;

/**
 * `place` names the database without its password, and so does everything that is said about it.
 * Faults of the program, such as a broken constraint, stay what they are.
 */
export function unusable(place: string, error: unknown): unknown {
  if (error instanceof EcoError || !(error instanceof Error)) return error;
  const found = reasonOf(error);
  if (found === undefined) return error;
  const [reason, fix] = found;
  return new EcoError("ECO_DATABASE_UNUSABLE", `${place} can't be used: ${reason}.`, { cause: error, fix });
}

/** While it is being opened, whatever fails is about the database. */
export function unopened(place: string, error: unknown): unknown {
  const known = unusable(place, error);
  if (known instanceof EcoError || !(known instanceof Error)) return known;
  const fix = "Check the server and the URL in `--database` or ECO_DATABASE_URL.";
  return new EcoError("ECO_DATABASE_UNUSABLE", `${place} can't be used: ${known.message}.`, {
    cause: known,
    fix,
  });
}

function reasonOf(error: Error): Reason | undefined {
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  const known = REASONS.get(code);
  if (known !== undefined) return known;
  if (error.message.startsWith("SASL")) return ["it wants a password", CREDENTIALS];
  if (/SSL|certificate/.test(error.message)) return [error.message, TLS];
  if (LOST.test(error.message) || /^(ECONN|EPIPE)/.test(code)) return ["the connection was lost", AGAIN];
  return SERVER.test(code) ? [error.message, AGAIN] : undefined;
}
