import { Args, Flags } from "@oclif/core";
import { EcoError } from "../../../specs/engine/errors/eco-error.ts";
import { didYouMean } from "../../../specs/engine/suggest.ts";
import { EcoCommand, type Outcome } from "../../command.ts";
import { writeText } from "../../write-file.ts";

export default class SpecsBundle extends EcoCommand {
  static override summary = "Print a document of the spec set as one file, with every reference inside it.";
  static override examples = [
    "<%= config.bin %> <%= command.id %> openapi/partner-api.yaml --output partner-api.json",
  ];
  static override args = {
    document: Args.string({
      description: "Its path in the spec set; the only one where left out.",
      ignoreStdin: true,
    }),
  };
  static override flags = {
    output: Flags.string({ char: "o", helpValue: "<file>", summary: "Write it there instead of to stdout." }),
    format: Flags.option({
      options: ["json", "yaml"] as const,
      summary: "By the output's extension, else YAML.",
    })(),
  };

  override async run(): Promise<Outcome> {
    const { args, flags } = await this.parse(SpecsBundle);
    const { documents } = await this.catalog(flags);
    const paths = documents.map(({ path }) => path);
    const document =
      args.document === undefined && documents.length === 1
        ? documents[0]
        : documents.find(({ path }) => path === args.document);
    if (document === undefined)
      throw new EcoError(
        "ECO_USAGE",
        args.document === undefined
          ? "No document is named."
          : `The spec set has no document \`${args.document}\`.`,
        {
          fix: `${args.document === undefined ? "" : (didYouMean(args.document, paths) ?? "")} Documents: ${paths.join(", ")}.`.trim(),
        },
      );
    const format = flags.format ?? (flags.output?.endsWith(".json") ? "json" : "yaml");
    const text =
      format === "json"
        ? `${JSON.stringify(document.content, null, 2)}\n`
        : (await import("yaml")).stringify(document.content, { lineWidth: 0 });
    const { path, digest } = document;
    if (flags.output === undefined) {
      this.out.raw(text);
      return { result: { document: path, digest, content: document.content } };
    }
    await writeText(flags.output, text);
    this.out.success(`Wrote ${flags.output}.`);
    return { result: { document: path, digest, output: flags.output } };
  }
}
