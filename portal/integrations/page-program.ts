import { rename } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { AstroIntegration } from "astro";

/** Astro's names of the environment that makes pages, and of what is started there. */
const ENVIRONMENT = "prerender";
const ENTRY = "prerender-entry";

/**
 * Ends a build before its pages are made, and leaves the program that makes them instead: beside the scripts and styles,
 * in a folder of its own, with `prerender-entry.mjs` to be started.
 *
 * The folder built into has to be in the working directory: only there does Astro put the program into it too.
 *
 * @param program path of the program's source
 * @param folder where the built program goes; it isn't there yet
 */
export function pageProgram(program: string, folder: string): AstroIntegration {
  let out = "";
  return {
    name: "page-program",
    hooks: {
      // Only an adapter may put a program of its own in the place of Astro's.
      "astro:config:done": ({ config, setAdapter }) => {
        out = fileURLToPath(config.outDir);
        setAdapter({
          name: "page-program",
          entrypointResolution: "auto",
          serverEntrypoint: program,
          adapterFeatures: { buildOutput: "static" },
          supportedAstroFeatures: {
            staticOutput: "stable",
            hybridOutput: "stable",
            serverOutput: "stable",
            sharpImageService: "stable",
          },
        });
      },
      "astro:config:setup": ({ updateConfig }) => {
        updateConfig({ vite: { plugins: [{ name: "page-program", configEnvironment: entryOf(program) }] } });
      },
      "astro:build:start": ({ setPrerenderer }) =>
        setPrerenderer({
          name: "page-program",
          // What Astro would run for the pages, and then remove.
          setup: () => rename(join(out, ".prerender"), folder),
          getStaticPaths: async () => [],
          render: async () => new Response(),
        }),
    },
  };
}

const entryOf = (program: string) => (name: string) =>
  name === ENVIRONMENT
    ? {
        build: {
          rolldownOptions: { input: { [ENTRY]: program }, output: { entryFileNames: "[name].mjs" } },
        },
      }
    : undefined;
