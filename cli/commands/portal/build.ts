import { Flags } from "@oclif/core";
import { EcoCommand, type Outcome } from "../../command.ts";
import { counted } from "../../output/counted.ts";
import { contentFolder, portalFlags, recordFile, requireBase } from "../../portal/inputs.ts";

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
    ...portalFlags,
    force: Flags.boolean({ summary: "Replace the folder whatever is in it." }),
  };

  override async run(): Promise<Outcome> {
    const { flags } = await this.parse(PortalBuild);
    requireBase(flags.base);
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
