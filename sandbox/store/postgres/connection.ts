import { Socket } from "node:net";
import pg from "pg";
import { EcoError } from "../../../specs/engine/errors/index.ts";
import { setTimeout } from "../../values/real-timers.ts";
import type { Row } from "../sql/rows.ts";
import { unopened, unusable } from "./errors.ts";

type Scalar = string | number | bigint | null;
export type Value = Scalar | readonly Scalar[];

/** Asks the database; the places of the values are written `?`. */
export type Query = (sql: string, values?: readonly Value[]) => Promise<readonly Row[]>;

const CONNECTIONS = 10;
const CONNECT_TIMEOUT_MS = 10_000;
/**
 * How long a commit waits for another process's before it gives up: longer than the close of a month of millions takes.
 * A process that hangs is waited for only so long.
 */
const LOCK_TIMEOUT_MS = 60_000;
const HANG_TIMEOUT_MS = 10_000;

/** Rows are read only once they were committed, whatever the server's defaults say; a commit is on the disk. */
const BEGIN = `BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE;
  SET LOCAL lock_timeout = ${LOCK_TIMEOUT_MS};
  SET LOCAL idle_in_transaction_session_timeout = ${HANG_TIMEOUT_MS};
  SELECT set_config('synchronous_commit', 'on', true) WHERE current_setting('synchronous_commit') = 'off'`;
/** Several reads that show one moment. */
const ATTEMPTS = 6;
const BEGIN_SNAPSHOT = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

/** The connections of this process to one database. What was lost is opened again at the next use. */
export class PostgresConnection {
  /** For people: `PostgreSQL host:5432/name`, never with the user's password. */
  readonly place: string;
  readonly #pool: pg.Pool;
  readonly #sockets: ReadonlySet<Socket>;
  #closed = false;

  private constructor(place: string, pool: pg.Pool, sockets: ReadonlySet<Socket>) {
    this.place = place;
    this.#pool = pool;
    this.#sockets = sockets;
    // A connection that breaks while nobody uses it is dropped; one in use fails its query.
    pool.on("error", () => {});
    pool.on("connect", (client) => client.on("error", () => {}));
  }

  /** @throws EcoError `ECO_DATABASE_UNUSABLE` where the URL can't be read or the database not be reached */
  static async open(url: string): Promise<PostgresConnection> {
    const place = placeOf(url);
    const sockets = new Set<Socket>();
    const pool = new pg.Pool({
      stream: () => {
        const socket = new Socket();
        sockets.add(socket);
        return socket.once("close", () => sockets.delete(socket));
      },
      connectionString: url,
      max: CONNECTIONS,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      keepAlive: true,
      // Idle connections don't keep a process alive that is done.
      allowExitOnIdle: true,
      application_name: "eco sandbox",
    });
    const connection = new PostgresConnection(place, pool, sockets);
    try {
      const [row] = await connection.query("SELECT current_setting('server_encoding') AS encoding");
      if (row?.["encoding"] !== "UTF8") {
        throw new EcoError("ECO_DATABASE_UNUSABLE", `${place} can't be used: its encoding isn't UTF8.`, {
          fix: "Create the database with ENCODING 'UTF8' TEMPLATE template0.",
        });
      }
      return connection;
    } catch (error) {
      await connection.close();
      throw unopened(place, error);
    }
  }

  readonly query: Query = async (sql, values) => {
    this.#assertOpen();
    try {
      return await ask(this.#pool, sql, values);
    } catch (error) {
      throw unusable(this.place, error);
    }
  };

  /**
   * What throws in between leaves nothing behind. Where the server ends it because another one was in the way, which
   * distributed databases do in place of waiting, it is tried again from its beginning: `work` must bear that.
   */
  async transaction<T>(work: (query: Query) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#within(BEGIN, work);
      } catch (error) {
        if (attempt >= ATTEMPTS || !isInTheWay(error)) throw error;
        await new Promise((resolve) => setTimeout(resolve, 2 ** attempt));
      }
    }
  }

  snapshot<T>(work: (query: Query) => Promise<T>): Promise<T> {
    return this.#within(BEGIN_SNAPSHOT, work);
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#pool.end();
    // The pool forgets one that failed while it was greeted, as without a password; the server keeps it for a minute.
    for (const socket of this.#sockets) socket.destroy();
  }

  async #within<T>(begin: string, work: (query: Query) => Promise<T>): Promise<T> {
    this.#assertOpen();
    const client = await this.#pool.connect().catch((error: unknown) => {
      throw unusable(this.place, error);
    });
    try {
      await client.query(begin);
      const result = await work((sql, values) => ask(client, sql, values));
      await client.query("COMMIT");
      client.release();
      return result;
    } catch (error) {
      await rollback(client);
      throw unusable(this.place, error);
    }
  }

  #assertOpen(): void {
    if (this.#closed) throw new EcoError("ECO_DATABASE_UNUSABLE", `${this.place} is closed.`);
  }
}

/** Serialization failure, deadlock. */
function isInTheWay(error: unknown): boolean {
  const cause = error instanceof EcoError ? error.cause : error;
  return cause instanceof Error && "code" in cause && (cause.code === "40001" || cause.code === "40P01");
}

/** A connection that can't even roll back is thrown away. */
async function rollback(client: pg.PoolClient): Promise<void> {
  const works = await client.query("ROLLBACK").then(
    () => true,
    () => false,
  );
  client.release(!works);
}

const texts = new Map<string, string>();

/** The text as PostgreSQL wants it: `$1`, `$2`, … in the order of the places. */
function numbered(sql: string): string {
  let text = texts.get(sql);
  if (text === undefined) {
    let place = 0;
    text = sql.replaceAll("?", () => {
      place += 1;
      return `$${place}`;
    });
    texts.set(sql, text);
  }
  return text;
}

interface Asked {
  query(text: string, values: unknown[]): Promise<{ readonly rows: Row[] }>;
}

async function ask(client: Asked, sql: string, values: readonly Value[] = []): Promise<readonly Row[]> {
  const { rows } = await client.query(numbered(sql), values.map(bound));
  for (const row of rows) reveal(row);
  return rows;
}

/**
 * PostgreSQL's text holds every character but NUL, which an id in a request may well contain: it travels as two others.
 * JSON text is not touched: its control characters are escaped.
 */
function bound(value: Value): unknown {
  if (typeof value === "string") return hide(value);
  if (Array.isArray(value)) return value.map((one: Scalar) => (one === null ? null : hide(String(one))));
  return typeof value === "bigint" ? String(value) : value;
}

const hide = (text: string): string =>
  text.replaceAll("\u0001", "\u0001\u0003").replaceAll("\u0000", "\u0001\u0002");

function reveal(row: Row): void {
  for (const [name, value] of Object.entries(row)) {
    if (typeof value !== "string" || !value.includes("\u0001")) continue;
    row[name] = value.replaceAll("\u0001\u0002", "\u0000").replaceAll("\u0001\u0003", "\u0001");
  }
}

/** Host, port and name of the database. Nothing of a URL that can't be read is repeated: any part may be the password. */
function placeOf(text: string): string {
  let url: URL;
  try {
    url = new URL(text);
    decodeURIComponent(url.username + url.password + url.pathname);
  } catch {
    throw unreadable();
  }
  // Left as they are in a password, these characters end it, and the rest of it becomes a host or a path.
  if (url.hash !== "" || url.pathname.includes("@") || url.search.includes("@")) throw unreadable();
  const host = url.hostname === "" ? "localhost" : url.hostname;
  return `PostgreSQL ${host}:${url.port === "" ? "5432" : url.port}${url.pathname}`;
}

function unreadable(): EcoError {
  return new EcoError("ECO_DATABASE_UNUSABLE", "The URL of the database can't be read.", {
    fix: "Write postgres://USER:PASSWORD@HOST:5432/NAME, with @ / # ? % in the password as %40 %2F %23 %3F %25.",
  });
}
