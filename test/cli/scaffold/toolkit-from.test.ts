import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { toolkitFrom } from "../../../cli/scaffold/project.ts";
import packageJson from "../../../package.json" with { type: "json" };
import { newHome } from "../support/eco.ts";

describe("where a starter gets the toolkit from", () => {
  it.each([
    ["a packed file", "file:../toolkit.tgz", "file:../../toolkit.tgz"],
    ["an address", "https://files.example/toolkit.tgz", "https://files.example/toolkit.tgz"],
    ["a registry", "https://registry.example/t/-/t-0.1.0.tgz", packageJson.version],
    ["another tool, which wrote nothing down", undefined, packageJson.version],
  ])("is %s", async (_, resolved, wanted) => {
    await using home = await newHome();
    const root = join(home.path, "project/node_modules", packageJson.name);
    await mkdir(root, { recursive: true });
    const packages = { [`node_modules/${packageJson.name}`]: { resolved } };
    if (resolved !== undefined)
      await writeFile(join(root, "../.package-lock.json"), JSON.stringify({ packages }));
    expect(toolkitFrom(join(home.path, "project/starter"), root)).toBe(wanted);
  });

  it("is the checkout that it runs from", () => {
    expect(toolkitFrom("/work/starter", "/work/eco")).toBe("file:../eco");
  });
});
