import { stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { Flags } from "@oclif/core";
import { EcoError } from "../../../specs/engine/errors/eco-error.ts";
import { EcoCommand, type Outcome } from "../../command.ts";
import { counted } from "../../output/counted.ts";
import { readText } from "../../read-file.ts";

export default class PortalBuild extends EcoCommand {
  static override summary = "Build the portal of a spec set: a folder of pages for any web server.";
  static override description =
    "Reference, events, journeys, rate cards, agreements and search, all from the documents. The pages need no server of their own. A portal that was built there before is replaced when the new one is whole.";
  static override examples = [
    "<%= config.bin %> <%= command.id %> --specs ./my-specs --output site",
    "<%= config.bin %> <%= command.id %> --output public/docs --base /docs/",
    "<%= config.bin %> <%= command.id %> --specs ./my-specs --content ./my-words --output site",
    "<%= config.bin %> <%= command.id %> --specs ./my-specs --record record.json --output site",
  ];
  static override flags = {
    output: Flags.string({
      char: "o",
      helpValue: "<dir>",
      required: true,
      summary: "The folder that it goes into.",
    }),
    base: Flags.string({
      default: "/",
      helpValue: "<path>",
      summary: "Under which path it will be served.",
    }),
    content: Flags.string({
      helpValue: "<dir>",
      summary: "A folder of yours with Markdown files in `guides` and `decisions`, which are shown too.",
    }),
    record: Flags.string({
      helpValue: "<file>",
      summary: "A published record: partners, certificates and figures become pages too.",
    }),
    force: Flags.boolean({ summary: "Replace the folder whatever is in it." }),
  };

  override async run(): Promise<Outcome> {
    const { flags } = await this.parse(PortalBuild);
    if (!/^\/([\w.~-]+\/)*$/.test(flags.base))
      throw new EcoError(
        "ECO_USAGE",
        `--base \`${flags.base}\` is no path that begins and ends with a slash.`,
        {
          fix: "Give it like /docs/.",
        },
      );
    const settings = await this.settings(flags);
    // What is wrong with the documents is told before Astro tries to show it.
    const { ecosystem } = await this.catalog(flags);
    const { buildPortal } = await import("../../portal/build-portal.ts");
    const progress = this.out.progress("Pages");
    const pages = await buildPortal({
      specs: settings.specs.value,
      out: flags.output,
      base: flags.base,
      content: await contentFolder(flags.content),
      record: await recordFile(flags.record, ecosystem.id),
      force: flags.force,
      onPage: (count) => progress.update(count),
    }).finally(() => progress.stop());
    this.out.success(`${counted(pages, "page")} in ${flags.output}.`);
    return { result: { directory: flags.output, base: flags.base, pages } };
  }
}

/** A folder that has something to show. @throws EcoError ECO_FILE_UNREADABLE */
async function contentFolder(path: string | undefined): Promise<string | undefined> {
  if (path === undefined) return undefined;
  const kinds = ["guides", "decisions"].map((kind) => join(path, kind));
  const found = await Promise.all(kinds.map((folder) => stat(folder).catch(() => undefined)));
  if (found.some((one) => one?.isDirectory())) return resolve(path);
  throw new EcoError(
    "ECO_FILE_UNREADABLE",
    `${path} has neither a folder \`guides\` nor one \`decisions\`.`,
    {
      fix: "Put Markdown files into one of them, each with a title in its front matter.",
    },
  );
}

/** A record of this ecosystem, as it was made. @throws EcoError ECO_FILE_UNREADABLE, ECO_INPUT_INVALID */
async function recordFile(path: string | undefined, ecosystem: string): Promise<string | undefined> {
  if (path === undefined) return undefined;
  const { readRecord } = await import("../../../specs/engine/published-record/read.ts");
  const record = readRecord(await readText(path), path);
  if (record.ecosystem === ecosystem) return resolve(path);
  throw new EcoError(
    "ECO_INPUT_INVALID",
    `${path} is the record of ${record.ecosystem}, and the specs are those of ${ecosystem}.`,
    { fix: "Take the record with the same specs: `eco portal record --specs DIR`." },
  );
}
