import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { attribute, weightsIn } from "./built-portal.ts";
import { leftIn, SECRET_FORMS } from "./left-secrets.ts";
import { brokenLinks, forbidden } from "./page-checks.ts";
import { type Portal, specs } from "./portal-under-test.ts";

const specSources = ["openapi/partner-api.yaml", "openapi/fulfilment-api.yaml", "asyncapi/events.yaml"].map(
  (path) => join(specs, path),
);

/** What the files of a built portal hold. */
export function describeBuiltPages(portal: () => Portal): void {
  describe("the built pages", () => {
    it("parse without an error", () => {
      const { pages } = portal();
      expect(pages.flatMap((page) => page.errors).slice(0, 20)).toEqual([]);
    });

    it("use each id once", () => {
      const { pages } = portal();
      const twice = pages.flatMap((page) => {
        const ids = page.elements.flatMap((element) => attribute(element, "id") ?? []);
        return ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `${page.path}#${id}`);
      });
      expect(twice).toEqual([]);
    });

    it("link to pages, files and places that exist", async () => {
      const { dir, pages } = portal();
      expect(await brokenLinks(pages, dir, "/")).toEqual([]);
    });

    it("hold no inline script or style and load nothing from elsewhere", () => {
      const { pages } = portal();
      expect(pages.flatMap((page) => forbidden(page)).slice(0, 20)).toEqual([]);
    });

    it("and every other file hold no credentials, and nothing of the machine that built them", async () => {
      const { dir, pages } = portal();
      const names = (await readdir(dir, { recursive: true, withFileTypes: true })).filter((one) =>
        one.isFile(),
      );
      expect(names.length).toBeGreaterThan(pages.length);
      // What a spec shows as an example of a secret is public.
      const published = (await Promise.all(specSources.map((path) => readFile(path, "utf8")))).join("\n");
      for (const { parentPath, name } of names) {
        const text = await readFile(join(parentPath, name), "latin1");
        const secrets = [...text.matchAll(SECRET_FORMS)]
          .map(([secret]) => secret)
          .filter((one) => !isPublicToken(one));
        const found = [...secrets.filter((secret) => !published.includes(secret)), ...leftIn(text)];
        expect([name, found]).toEqual([name, []]);
      }
    });

    it("stay within their budgets", async () => {
      const { dir, pages } = portal();
      const over: string[] = [];
      const weightOf = weightsIn(dir);
      for (const page of pages) {
        const { total, script } = await weightOf(page);
        const bytes = Buffer.byteLength(page.source);
        if (bytes > 60 * 1024) over.push(`${page.path} is ${bytes} bytes`);
        if (page.elements.length > 1500) over.push(`${page.path} has ${page.elements.length} elements`);
        if (total > 30 * 1024) over.push(`${page.path} weighs ${total} bytes`);
        if (script > 10 * 1024) over.push(`${page.path} has ${script} bytes of script`);
      }
      expect(over).toEqual([]);
    });

    it("publish the specs byte for byte, with digests that check", async () => {
      const { dir } = portal();
      const sums = (await readFile(join(dir, "specs/SHA256SUMS"), "utf8")).trim().split("\n");
      expect(sums.length).toBeGreaterThan(10);
      for (const line of sums) {
        const [digest = "", path = ""] = line.split("  ");
        const published = await readFile(join(dir, "specs", path));
        expect(published.equals(await readFile(join(specs, path)))).toBe(true);
        expect(createHash("sha256").update(published).digest("hex")).toBe(digest);
      }
    });
  });
}

/** Certificates and status lists are signed to be shown, and let nobody in anywhere. */
function isPublicToken(token: string): boolean {
  const [head = ""] = token.split(".");
  return /"typ":"(?:eco-certificate\+jwt|statuslist\+jwt)"/u.test(
    Buffer.from(head, "base64url").toString("utf8"),
  );
}
