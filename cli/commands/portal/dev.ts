import { relative } from "node:path";
import { Flags } from "@oclif/core";
import { EcoCommand, type Outcome } from "../../command.ts";
import { counted } from "../../output/counted.ts";
import { contentFolder, portalFlags, recordFile, requireBase } from "../../portal/inputs.ts";

export default class PortalDev extends EcoCommand {
  static override summary = "Look at the portal of a spec set while you write it, until Ctrl-C.";
  static override description =
    "Serves what `eco portal build` would make, on this machine alone. Whenever a document, a guide or the record is saved, the pages that are open show it by themselves. What can't be read is told here, and the portal stays as it was until it is mended. Nothing is written into your folders.\n\nThe search index comes last: after a change, a search waits for it.\n\nWith --json one line is printed when it is ready.";
  static override examples = [
    "<%= config.bin %> <%= command.id %> --specs ./my-specs",
    {
      description: "With guides of your own and a published record, on a free port",
      command:
        "<%= config.bin %> <%= command.id %> --specs ./my-specs --content ./my-words --record record.json --port 0",
    },
  ];
  static override flags = {
    port: Flags.integer({
      default: 4321,
      min: 0,
      max: 65_535,
      helpValue: "<n>",
      summary: "Port; 0 takes a free one.",
    }),
    ...portalFlags,
  };

  override async run(): Promise<Outcome> {
    const { flags } = await this.parse(PortalDev);
    requireBase(flags.base);
    const settings = await this.settings(flags);
    // As in a build: what is wrong with the documents is told before anything is begun.
    const { ecosystem } = await this.catalog(flags);
    const { requireTools } = await import("../../portal/build-portal.ts");
    requireTools();
    const { developPortal } = await import("../../portal/develop.ts");
    const content = await contentFolder(flags.content);
    const record = await recordFile(flags.record, ecosystem.id);
    const { base, port } = flags;
    this.out.note("Getting the pages ready …");
    await developPortal(
      {
        ...{ specs: settings.specs.value, content, record, base, port },
        check: async (catalog) => {
          await contentFolder(content);
          await recordFile(record, catalog.ecosystem.id);
        },
      },
      {
        ready: ({ url, catalog, pages }) => {
          this.out.data(url);
          this.out.note(
            `${catalog.ecosystem.title}: ${counted(pages, "page")}. What you save is shown by itself. Stop with Ctrl-C.`,
          );
          const { id } = catalog.ecosystem;
          this.out.succeed({ url, base, pages, ecosystem: id, catalogDigest: catalog.digest });
        },
        shown: ({ pages }, changed) =>
          this.out.success(`${changedWords(changed)}: shown in ${counted(pages, "page")}.`),
        broken: (error) => {
          this.out.complain(error);
          this.out.note("The portal stays as it was until this is mended.");
        },
      },
    );
    return { result: undefined, told: true };
  }
}

/** `openapi.yaml and 2 more` */
function changedWords(changed: readonly string[]): string {
  const [first = "Something", ...more] = changed.map((path) => relative(process.cwd(), path));
  return more.length === 0 ? first : `${first} and ${more.length} more`;
}
