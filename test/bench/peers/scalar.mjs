// The mock server of Scalar as its documentation starts it. node scalar.mjs FOLDER PORT DOCUMENT
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [folder, port, path] = process.argv.slice(2);
const { resolve } = createRequire(join(folder, "package.json"));
const from = (name) => import(pathToFileURL(resolve(name)).href);
const { serve } = await from("@hono/node-server");
const { createMockServer } = await from("@scalar/mock-server");
const app = await createMockServer({ document: await readFile(path, "utf8") });
serve({ fetch: app.fetch, hostname: "127.0.0.1", port: Number(port) });
