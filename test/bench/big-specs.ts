import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Figure, median } from "./figure.ts";
import { root, startServer } from "./processes.ts";

const small = 5;
const large = 1000;

/** Start of `eco sandbox start` to its first answer, with few and with many operations, from a warm cache. */
export async function bigSpecsFigures(rounds: number): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), "eco-bench-"));
  const env = { ...process.env, XDG_CACHE_HOME: join(folder, "cache") };
  try {
    for (const size of [small, large]) {
      await mkdir(join(folder, String(size)));
      await writeFile(join(folder, String(size), "api.json"), JSON.stringify(specOf(size)));
      await untilAnswered(join(folder, String(size)), env);
    }
    const times: { few: number; many: number }[] = [];
    for (let round = 0; round < rounds; round++) {
      times.push({
        few: await untilAnswered(join(folder, String(small)), env),
        many: await untilAnswered(join(folder, String(large)), env),
      });
    }
    const milliseconds = (pick: (time: { few: number; many: number }) => number): string =>
      `${median(times.map(pick)).toFixed(0)} ms`;
    return [
      {
        what: `Start, ${small} → ${large.toLocaleString("en")} operations`,
        reading: `${milliseconds(({ many }) => many)} of ${milliseconds(({ few }) => few)}`,
        ratio: median(times.map(({ few, many }) => many / few)),
        bar: { atMost: 3 },
      },
    ];
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function untilAnswered(specs: string, env: NodeJS.ProcessEnv): Promise<number> {
  const start = performance.now();
  const args = ["sandbox", "start", "--specs", specs, "--port", "0", "--database", "memory", "--json"];
  const server = await startServer([join(root, "cli/bin.js"), ...args], env);
  try {
    const response = await fetch(`${server.origin}/things-1`);
    await response.text();
    if (!response.ok) throw new Error(`${specs} was answered with ${response.status}`);
    return performance.now() - start;
  } finally {
    await server.stop();
  }
}

/** An API of `size` operations, each with a schema of its own. */
function specOf(size: number): object {
  const numbers = Array.from({ length: size }, (_, index) => index + 1);
  const response = (number: number) => ({
    description: "Things.",
    content: { "application/json": { schema: { $ref: `#/components/schemas/Thing${number}` } } },
  });
  const thing = {
    type: "object",
    required: ["name"],
    properties: {
      name: { type: "string", maxLength: 40 },
      count: { type: "integer", minimum: 0 },
      tags: { type: "array", items: { type: "string" }, maxItems: 10 },
    },
  };
  return {
    openapi: "3.1.0",
    info: { title: "Things", version: "1.0.0" },
    paths: Object.fromEntries(
      numbers.map((number) => [
        `/things-${number}`,
        { get: { operationId: `getThing${number}`, responses: { 200: response(number) } } },
      ]),
    ),
    components: { schemas: Object.fromEntries(numbers.map((number) => [`Thing${number}`, thing])) },
  };
}
