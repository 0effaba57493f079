import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { reachPartner } from "../../../cli/certification/reach.ts";
import type { Catalog } from "../../../specs/engine/catalog/types.ts";
import { certify, checkDefinitions, type Finding } from "../../../specs/engine/certification/index.ts";
import { certificateFile, type Served, serveTls } from "../../reference-partner/serve.ts";
import { loadedSpecs } from "../../support/specs.ts";

let catalog: Catalog;
let served: Served | undefined;

beforeAll(async () => {
  ({ catalog } = await loadedSpecs());
});

afterEach(async () => {
  await served?.close();
  served = undefined;
});

async function certifyAt(url: string, send: typeof fetch): Promise<Finding | undefined> {
  const report = await certify({
    catalog,
    definitions: checkDefinitions(catalog),
    target: { url },
    seed: "tls",
    fetch: send,
    checks: ["provider.security.https"],
    timeoutMs: 2_000,
  });
  return report.findings[0];
}

describe("an API by HTTPS", () => {
  it("passes under a certificate that the run was told to trust", async () => {
    served = await serveTls(() => new Response(null, { status: 404 }));
    const reach = await reachPartner(certificateFile);
    expect(await certifyAt(served.url, reach.fetch)).toMatchObject({ outcome: "passed" });
    await reach.close();
  });

  it("fails under a certificate that nobody vouches for, with what was wrong", async () => {
    served = await serveTls(() => new Response(null, { status: 404 }));
    const reach = await reachPartner(undefined);
    expect(await certifyAt(served.url, reach.fetch)).toMatchObject({
      outcome: "failed",
      message: expect.stringContaining("SELF_SIGNED"),
    });
    await reach.close();
  });
});

describe("an API by plain HTTP", () => {
  it.each([
    ["http://partner.example", "failed"],
    ["http://10.0.0.7:8080", "failed"],
    ["http://127.0.0.1:9", "skipped"],
    ["http://localhost:9", "skipped"],
    ["http://[::1]:9", "skipped"],
  ])("%s: %s", async (url, outcome) => {
    expect(await certifyAt(url, fetch)).toMatchObject({ outcome });
  });
});
