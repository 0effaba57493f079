import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { serve } from "@hono/node-server";
import { serveStatic } from "@hono/node-server/serve-static";
import { Hono } from "hono";
import { CONTENT_SECURITY_POLICY_HEADER } from "./lib/csp.ts";

export interface ServeOptions {
  /** Folder of the built portal. */
  readonly dir: string;
  /** 0 for any free port. */
  readonly port: number;
  /** Base path that the portal was built for, `/docs/`. Default `/`. */
  readonly base?: string;
}

export interface PortalServer {
  /** Address of the home page, `http://127.0.0.1:4321/docs/`. */
  readonly url: string;
  close(): Promise<void>;
}

const HOST = "127.0.0.1";

const TYPES: Readonly<Record<string, string>> = {
  yaml: "text/yaml; charset=utf-8",
  md: "text/markdown; charset=utf-8",
};

/** Serves a built portal over HTTP with the headers that it is meant to have. Rejects when the port is taken. */
export async function servePortal(options: ServeOptions): Promise<PortalServer> {
  const { dir, port } = options;
  const base = `/${(options.base ?? "/").replace(/^\/+|\/+$/gu, "")}/`.replace("//", "/");
  const prefix = base.slice(0, -1);
  const app = new Hono();
  app.use(async (context, next) => {
    await next();
    context.header("Content-Security-Policy", CONTENT_SECURITY_POLICY_HEADER);
    context.header("X-Content-Type-Options", "nosniff");
    context.header("Referrer-Policy", "no-referrer");
    const immutable = context.req.path.startsWith(`${base}_assets/`);
    context.header("Cache-Control", immutable ? "public, max-age=31536000, immutable" : "no-cache");
    const type = TYPES[/\.(\w+)$/u.exec(context.req.path)?.[1] ?? ""];
    if (type !== undefined && context.res.status === 200) context.header("Content-Type", type);
  });
  if (prefix !== "") app.get(prefix, (context) => context.redirect(base, 301));
  app.use(`${base}*`, serveStatic({ root: dir, rewriteRequestPath: (path) => path.slice(prefix.length) }));
  app.notFound(async (context) => {
    const page = await readFile(join(dir, "404.html"), "utf8").catch(() => undefined);
    return page === undefined ? context.text("Not found", 404) : context.html(page, 404);
  });
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, port, hostname: HOST }, (info) => {
      const name = info.family === "IPv6" ? `[${info.address}]` : info.address;
      resolve({
        url: `http://${name}:${info.port}${base}`,
        close: () => new Promise((done) => server.close(() => done())),
      });
    });
    server.on("error", reject);
  });
}

// `node portal/serve.ts [--port N] [--base PATH]` serves what was built, and says so in one line of JSON.
if (import.meta.main) {
  const { values } = parseArgs({ options: { port: { type: "string" }, base: { type: "string" } } });
  const { url } = await servePortal({
    dir: join(import.meta.dirname, "dist"),
    port: Number(values.port ?? "4321"),
    ...(values.base === undefined ? {} : { base: values.base }),
  });
  console.log(JSON.stringify({ url }));
}
