import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * The directory of the installed package: where the reference specs lie.
 * Found by walking up, since the same code runs from the sources and from a chunk anywhere below `dist/`.
 */
export function packageRoot(): string {
  let directory = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(directory, "package.json"))) {
    const parent = dirname(directory);
    if (parent === directory)
      throw new Error("The installation of eco is incomplete: no package.json above its code.");
    directory = parent;
  }
  return directory;
}
