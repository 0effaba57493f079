import { realpath } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { Flags } from "@oclif/core";
import { EcoError } from "../../../specs/engine/errors/eco-error.ts";
import { chooseOperations } from "../../choose-operations.ts";
import { EcoCommand, type Outcome } from "../../command.ts";
import { writeFolder } from "../../folder/write-folder.ts";
import { counted } from "../../output/counted.ts";

export default class SpecsExport extends EcoCommand {
  static override summary = "Write the operations as requests for Postman, Bruno or a `.http` file.";
  static override description =
    "In an order that can be run from top to bottom: a token first, what creates before what reads, the id of what was created carried on. Values are the documents' examples, else made from the schemas. No secret is written: the tool asks for them.";
  static override examples = [
    "<%= config.bin %> <%= command.id %> --as http --output requests.http",
    "<%= config.bin %> <%= command.id %> --as postman --tag Deliveries --output deliveries.postman_collection.json",
    "<%= config.bin %> <%= command.id %> --as bruno --output bruno --sandbox https://sandbox.example",
  ];
  static override flags = {
    as: Flags.option({
      options: ["http", "postman", "bruno"] as const,
      required: true,
      summary: "The tool that they are for.",
    })(),
    output: Flags.string({
      char: "o",
      aliases: ["out"],
      helpValue: "<path>",
      summary: "The file, or Bruno's folder; to stdout where left out.",
    }),
    operation: Flags.string({
      multiple: true,
      helpValue: "<id>",
      summary: "Only this one; may be given several times.",
    }),
    tag: Flags.string({
      multiple: true,
      helpValue: "<tag>",
      summary: "Only operations with this tag; may be given several times.",
    }),
    force: Flags.boolean({ summary: "Replace files of these names." }),
  };

  override async run(): Promise<Outcome> {
    const { flags } = await this.parse(SpecsExport);
    if (flags.as === "bruno" && flags.output === undefined)
      throw new EcoError("ECO_USAGE", "A Bruno collection is a folder, and none is named.", {
        fix: "Name it: --output bruno.",
      });
    const catalog = await this.catalog(flags);
    const operations = chooseOperations(catalog, { ids: flags.operation, tags: flags.tag });
    const { sandbox } = await this.settings(flags);
    const { collect } = await import("../../../specs/engine/collection/collection.ts");
    const collection = collect(catalog, operations, sandbox.value);
    const summary = { as: flags.as, operations: operations.length, secrets: collection.secrets };
    if (flags.as === "bruno") {
      const { brunoFiles } = await import("../../../specs/engine/collection/bruno.ts");
      return this.#write(flags.output ?? "", brunoFiles(collection), flags.force, summary);
    }
    const text =
      flags.as === "http"
        ? (await import("../../../specs/engine/collection/http-file.ts")).httpFile(collection)
        : (await import("../../../specs/engine/collection/postman.ts")).postmanCollection(collection);
    if (flags.output === undefined) {
      this.out.raw(text);
      return { result: { ...summary, content: text } };
    }
    // A folder that is reached by a link is the user's choice; only what is written within it must not lead elsewhere.
    const folder = dirname(flags.output);
    const place = await realpath(folder).catch(() => folder);
    return this.#write(place, new Map([[basename(flags.output), text]]), flags.force, summary);
  }

  async #write(
    folder: string,
    files: ReadonlyMap<string, string>,
    force: boolean,
    summary: { readonly operations: number; readonly secrets: readonly string[] },
  ): Promise<Outcome> {
    const { directory, written, unchanged } = await writeFolder(folder, files, { force });
    for (const file of written) this.out.data(file);
    this.out.success(`${counted(summary.operations, "operation")} exported to ${directory}.`);
    if (summary.secrets.length > 0) this.out.note(`To be filled in there: ${summary.secrets.join(", ")}.`);
    return { result: { ...summary, directory, written, unchanged } };
  }
}
