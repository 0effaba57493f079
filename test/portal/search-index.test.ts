import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { writeSearchIndex } from "../../portal/integrations/search-index.ts";

let site: string;
beforeEach(async () => {
  site = await mkdtemp(join(tmpdir(), "site-"));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(site, { recursive: true, force: true });
});

const page = (attribute: string): string =>
  `<html lang="en"><body><main ${attribute}>Some words</main></body></html>`;

describe("the search index of a built site", () => {
  it("counts the pages that it finds: those with a body to be searched", async () => {
    await writeFile(join(site, "index.html"), page("data-pagefind-body"));
    await writeFile(join(site, "404.html"), page(""));
    expect(await writeSearchIndex(site)).toBe(1);
  });

  it("is refused where no page can be searched", async () => {
    await expect(writeSearchIndex(site)).rejects.toThrow(
      /The search index can't be made.*did not contain any html/su,
    );
  });

  it("is refused where it can't be written, with what stands in the way", async () => {
    await writeFile(join(site, "index.html"), page("data-pagefind-body"));
    await writeFile(join(site, "pagefind"), "a file where the index's folder is to be");
    await expect(writeSearchIndex(site)).rejects.toThrow(/The search index can't be made.*File exists/su);
  });

  it("is refused where the program that makes it is ended from without", async () => {
    await writeFile(join(site, "index.html"), page("data-pagefind-body"));
    const program = join(site, "program.sh");
    await writeFile(program, "#!/bin/sh\nkill -9 $$\n");
    await chmod(program, 0o755);
    vi.stubEnv("PAGEFIND_EXTENDED_BINARY_PATH", program);
    await expect(writeSearchIndex(site)).rejects.toThrow(/The search index can't be made.*It said nothing/su);
  });
});
