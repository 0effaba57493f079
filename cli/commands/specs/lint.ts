import { Args, Flags } from "@oclif/core";
import { EcoError } from "../../../specs/engine/errors/eco-error.ts";
import { EcoCommand, type Outcome } from "../../command.ts";
import { counted } from "../../output/counted.ts";
import { sanitizeLine } from "../../output/sanitize.ts";
import { ratingFindings } from "../../rating.ts";

export default class SpecsLint extends EcoCommand {
  static override summary = "Check a spec set: documents, references, examples, bindings, rate cards.";
  static override examples = [
    "<%= config.bin %> <%= command.id %>",
    "<%= config.bin %> <%= command.id %> ./my-specs --strict",
  ];
  static override args = {
    dir: Args.string({
      description: "Directory or OpenAPI file; that of the settings where left out.",
      ignoreStdin: true,
    }),
  };
  static override flags = { strict: Flags.boolean({ summary: "Fail on warnings too." }) };

  override async run(): Promise<Outcome> {
    const { args, flags } = await this.parse(SpecsLint);
    const path = args.dir ?? (await this.settings(flags)).specs.value;
    const { lintSpecs } = await import("../../../specs/engine/catalog/lint/lint.ts");
    const { knownMeanings } = await import("../../meanings.ts");
    const { catalog, findings } = await lintSpecs(path, {
      cacheDir: false,
      extraChecks: [ratingFindings],
      meanings: await knownMeanings(),
    });
    for (const finding of findings) {
      const place = `${finding.document}:${finding.line}:${finding.column}`;
      const severity = this.out.style(finding.severity === "error" ? "red" : "yellow", finding.severity);
      this.out.data(
        `${sanitizeLine(place)} ${severity} ${sanitizeLine(finding.code)}\n    ${sanitizeLine(finding.message)}\n    ${sanitizeLine(finding.fix)}`,
      );
    }
    const errors = findings.filter(({ severity }) => severity === "error").length;
    const warnings = findings.length - errors;
    const size = [
      counted(catalog.documents.length, "document"),
      counted(catalog.operations.length, "operation"),
      counted(catalog.messages.length, "event"),
      counted(catalog.workflows.length, "journey"),
    ].join(", ");
    this.out.data(`${size}: ${counted(errors, "error")}, ${counted(warnings, "warning")}`);
    const result = { digest: catalog.digest, errors, warnings, findings };
    if (errors === 0 && (!flags.strict || warnings === 0)) return { result };
    return {
      result,
      failure: new EcoError(
        "ECO_SPEC_INVALID",
        `The spec set at ${path} has ${counted(errors, "error")} and ${counted(warnings, "warning")}.`,
        { fix: "Mend what is named above, from the top: later findings may follow from earlier ones." },
      ),
    };
  }
}
