/**
 * Builds `dist/`: the command line as one bundle with a chunk per command, the library entries of the package, and the manifest by which
 * oclif knows the commands without loading them. Run by `npm run build`.
 */
import { globSync } from "node:fs";
import { readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Plugin } from "@oclif/core";
import { rolldown } from "rolldown";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const pjson = JSON.parse(await readFile(join(root, "package.json"), "utf8"));

/** Bundled although they are dependencies: resolving and parsing their many files would cost more than half of the start-up. */
const bundled = new Set(["@oclif/core", "yaml", "rou3", "canonicalize"]);
const external = Object.keys(pjson.dependencies)
  .filter((name) => !bundled.has(name))
  .map((name) => new RegExp(`^${name.replaceAll("/", "\\/")}(\\/|$)`));

async function bundleCli(): Promise<void> {
  const commands = globSync("cli/commands/**/*.ts", { cwd: root });
  const input = Object.fromEntries([
    ["main", join(root, "cli/main.ts")],
    ...commands.map((file) => [
      file
        .replaceAll("\\", "/")
        .replace(/^cli\//, "")
        .replace(/\.ts$/, ""),
      join(root, file),
    ]),
  ]);
  const bundle = await rolldown({
    input,
    platform: "node",
    // Loaded by oclif only to run TypeScript sources, which a bundle has none of.
    external: [...external, /(^|[\\/])typescript$/],
  });
  await bundle.write({
    dir: join(root, "dist/cli"),
    format: "esm",
    entryFileNames: "[name].js",
    chunkFileNames: "chunks/[name]-[hash].js",
    minify: { mangle: { keepNames: true }, compress: true, codegen: true },
  });
}

/** The same as `oclif manifest`, for a CLI that lives below the package's top. */
async function writeManifest(): Promise<number> {
  const directory = join(root, "dist/cli");
  const plugin = new Plugin({
    errorOnManifestCreate: true,
    ignoreManifest: true,
    isRoot: true,
    pjson: { ...pjson, oclif: { ...pjson.oclif, commands: "./commands", topicSeparator: " " } },
    respectNoCacheDefault: true,
    root: directory,
    type: "core",
  });
  await plugin.load();
  await writeFile(join(directory, "oclif.manifest.json"), JSON.stringify(plugin.manifest));
  return Object.keys(plugin.manifest.commands).length;
}

const startedAt = performance.now();
await rm(join(root, "dist/cli"), { recursive: true, force: true });
await bundleCli();
const commands = await writeManifest();
console.log(`dist: ${commands} commands in ${Math.round(performance.now() - startedAt)} ms`);
