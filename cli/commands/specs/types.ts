import { join } from "node:path";
import { Flags } from "@oclif/core";
import { EcoError } from "../../../specs/engine/errors/eco-error.ts";
import { EcoCommand, type Outcome } from "../../command.ts";
import { writeFolder } from "../../folder/write-folder.ts";

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
    const { generateTypes } = await import("../../../specs/engine/generate.ts").catch((cause: unknown) => {
      throw new EcoError("ECO_USAGE", "The generator of types is not installed.", {
        fix: "Install it beside eco: npm install --save-dev openapi-typescript@7 typescript@5",
        cause,
      });
    });
    const files = await generateTypes(specs.value, "eco specs types");
    await writeFolder(flags.output, files, { force: true });
    const written = [...files.keys()].map((name) => join(flags.output, name));
    for (const path of written) this.out.data(path);
    return { result: { files: written } };
  }
}
