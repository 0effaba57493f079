import { join } from "node:path";
import { Flags } from "@oclif/core";
import { EcoCommand, type Outcome } from "../../command.ts";
import { writeFolder } from "../../folder/write-folder.ts";
import { specTypes } from "../../spec-types.ts";

export default class SpecsTypes extends EcoCommand {
  static override summary = "Write TypeScript types of every OpenAPI and AsyncAPI document.";
  static override examples = ["<%= config.bin %> <%= command.id %> --output src/eco"];
  static override flags = {
    output: Flags.string({
      char: "o",
      helpValue: "<dir>",
      required: true,
      summary: "Where the files go; those of the same name are replaced.",
    }),
  };

  override async run(): Promise<Outcome> {
    const { flags } = await this.parse(SpecsTypes);
    const { specs } = await this.settings(flags);
    const files = await specTypes(specs.value);
    await writeFolder(flags.output, files, { force: true });
    const written = [...files.keys()].map((name) => join(flags.output, name));
    for (const path of written) this.out.data(path);
    return { result: { files: written } };
  }
}
