import { extname } from "node:path";
import type { Handle } from "../serve-locally.ts";
import type { Edition } from "./edition.ts";
import { LISTENER, type Reload } from "./reload.ts";

export interface Served {
  /** Under which path the portal is: `/` or `/docs/`. */
  readonly base: string;
  /** The edition that is shown by now, once there is one. */
  readonly current: () => Promise<Edition>;
  /** Scripts, styles and the like, which are the same in every edition. */
  readonly asset: (file: string) => Promise<Uint8Array | undefined>;
  readonly reload: Reload;
}

/** No other name leads here: a web page of somebody else can't read a portal by rebinding its own name to this machine. */
const HOSTS = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** Beside the pages, in a folder that no portal has. */
const OWN = "_dev/";

const TYPES: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".md": "text/markdown; charset=utf-8",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".woff2": "font/woff2",
  ".xml": "application/xml; charset=utf-8",
  ".yaml": "text/yaml; charset=utf-8",
  ".yml": "text/yaml; charset=utf-8",
};

/** Answers as a web server does that has the built portal, but for what makes the pages reload. */
export function portalHandler(served: Served): Handle {
  const { base, reload } = served;
  return async (request) => {
    const { pathname, hostname } = new URL(request.url);
    const named = (request.headers.get("host") ?? "").replace(/:\d+$/u, "").toLowerCase();
    if (!HOSTS.has(hostname) || !HOSTS.has(named))
      return plain(421, "The request is addressed to another host than this machine.");
    if (request.method !== "GET" && request.method !== "HEAD")
      return plain(405, "Pages can only be read.", { allow: "GET, HEAD" });
    if (`${pathname}/` === base) return moved(base);
    if (!pathname.startsWith(base)) return plain(404, `The portal is at ${base}.`);
    const name = nameOf(pathname.slice(base.length));
    if (name === `${OWN}editions`) return reload.listen(request.signal);
    if (name === `${OWN}reload.js`) return file(200, name, LISTENER);
    return withoutBody(request, await answer(served, name));
  };
}

async function answer({ base, current, asset, reload }: Served, name: string): Promise<Response> {
  const edition = await current();
  const page = (status: number, file_: string, content: Uint8Array): Response =>
    file(status, file_, reload.addTo(Buffer.from(content).toString("utf8"), `${base}${OWN}reload.js`));
  try {
    const wanted = name === "" || name.endsWith("/") ? `${name}index.html` : name;
    if (edition.has(`${name}/index.html`)) return moved(`${base}${encodeURI(name)}/`);
    const content = (await edition.read(wanted)) ?? (await asset(wanted));
    if (content !== undefined)
      return wanted.endsWith(".html") ? page(200, wanted, content) : file(200, wanted, content);
    const none = await edition.read("404.html");
    return none === undefined ? plain(404, "There is no such page.") : page(404, "404.html", none);
  } catch (error) {
    // Another edition took its place meanwhile.
    if ((await current()) !== edition) return answer({ base, current, asset, reload }, name);
    throw error;
  }
}

/** Names are only looked up among those that there are, so none leads anywhere else. */
function nameOf(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** Nothing is kept by a browser: what is shown is of this moment. */
const file = (status: number, name: string, content: string | Uint8Array): Response =>
  new Response(typeof content === "string" ? content : new Uint8Array(content), {
    status,
    headers: {
      "content-type": TYPES[extname(name)] ?? "application/octet-stream",
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
    },
  });

const plain = (status: number, text: string, headers: Readonly<Record<string, string>> = {}): Response =>
  new Response(`${text}\n`, { status, headers: { "content-type": TYPES[".txt"] ?? "", ...headers } });

const moved = (location: string): Response => new Response(null, { status: 308, headers: { location } });

const withoutBody = (request: Request, response: Response): Response =>
  request.method === "HEAD" ? new Response(null, response) : response;
