import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { createSandbox, type FaultReport, type Sandbox } from "../../../sandbox/index.ts";
import { loadCatalog } from "../../../specs/engine/catalog/load.ts";

export interface Client {
  readonly sandbox: Sandbox;
  readonly faults: FaultReport[];
  call(method: string, path: string, json?: unknown, headers?: Record<string, string>): Promise<Called>;
}

export interface Called {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Undefined where the body isn't JSON. */
  readonly json: unknown;
}

/** A sandbox that plays one OpenAPI file, with nothing but what the file says. */
export async function sandboxOf(path: string): Promise<Client> {
  const cacheDir = await mkdtemp(join(tmpdir(), "eco-resources-"));
  onTestFinished(() => rm(cacheDir, { recursive: true }));
  const { catalog } = await loadCatalog(path, { cacheDir });
  const faults: FaultReport[] = [];
  const sandbox = await createSandbox({ catalog, onFault: (fault) => faults.push(fault) });
  onTestFinished(() => sandbox.close());
  return {
    sandbox,
    faults,
    async call(method, target, json, headers = {}) {
      const response = await sandbox.fetch(
        new Request(`http://127.0.0.1${target}`, {
          method,
          headers: {
            authorization: "Bearer anything",
            ...(json === undefined ? {} : { "content-type": "application/json" }),
            ...headers,
          },
          ...(json === undefined ? {} : { body: JSON.stringify(json) }),
        }),
      );
      const text = await response.text();
      return { status: response.status, headers: response.headers, text, json: parsed(text) };
    },
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
