import { execFile, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { type Browser, chromium } from "playwright-core";

const root = fileURLToPath(new URL("../..", import.meta.url));
const run = promisify(execFile);

/**
 * Unpacks the browser that comes as an npm package, once per version and machine.
 * Unpacked beside its final place and renamed, so that test files running side by side never see half a browser.
 */
async function unpackBrowser(): Promise<string> {
  const packageFile = join(root, "node_modules/@sparticuz/chromium/package.json");
  const { version } = JSON.parse(await readFile(packageFile, "utf8")) as { version: string };
  const cache = join(root, "node_modules/.cache");
  const home = join(cache, `chromium-${version}`);
  if (existsSync(join(home, "chromium"))) return home;
  await mkdir(cache, { recursive: true });
  const staging = await mkdtemp(join(cache, "chromium-unpack-"));
  await run(process.execPath, [join(root, "test/support/unpack-browser.ts")], {
    cwd: root,
    // The package unpacks below the temporary folder, and its own copy of NSS only where it believes it runs on a Lambda.
    env: { ...process.env, TMPDIR: staging, AWS_EXECUTION_ENV: "AWS_Lambda_nodejs22.x" },
  });
  try {
    await rename(staging, home);
  } catch (error) {
    if (!existsSync(join(home, "chromium"))) throw error;
    await rm(staging, { recursive: true, force: true });
  }
  return home;
}

/**
 * The package's own font configuration names folders of a Lambda only, so that a page with a system font shows no text.
 * This one names the package's fonts and the system's, where there are any.
 */
async function writeFontConfig(home: string): Promise<string> {
  const file = join(home, "eco-fonts.conf");
  const folders = [join(home, "fonts/fonts"), "/usr/share/fonts", "/usr/local/share/fonts"];
  const lines = folders.map((folder) => `  <dir>${folder}</dir>`);
  const cache = `  <cachedir>${join(home, "fonts-cache")}</cachedir>`;
  const text = ['<?xml version="1.0"?>', "<fontconfig>", ...lines, cache, "</fontconfig>", ""].join("\n");
  // Another test file's browser may be reading it at this moment, and must not find half of it.
  const staging = `${file}.${crypto.randomUUID()}`;
  await writeFile(staging, text);
  await rename(staging, file);
  return file;
}

/** A real headless Chromium from npm, with its web security on. Close it when done. */
export async function launchBrowser(): Promise<Browser> {
  const home = await unpackBrowser();
  const executablePath = join(home, "chromium");
  const env: Record<string, string> = { FONTCONFIG_FILE: await writeFontConfig(home) };
  for (const [name, value] of Object.entries(process.env)) if (value !== undefined) env[name] ??= value;
  // Only where the system has no NSS of its own are the package's libraries put on the path.
  if (spawnSync(executablePath, ["--version"], { env }).status !== 0) {
    env["LD_LIBRARY_PATH"] = [join(home, "al2023/lib"), env["LD_LIBRARY_PATH"]].filter(Boolean).join(":");
  }
  return chromium.launch({
    executablePath,
    headless: true,
    env,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--font-render-hinting=none",
    ],
  });
}
