import { Args, Flags } from "@oclif/core";
import { EcoError } from "../../../specs/engine/errors/eco-error.ts";
import { readTraffic } from "../../certification/files.ts";
import { EcoCommand, type Outcome } from "../../command.ts";
import { loadToCompare } from "../../load-specs.ts";
import { presentChange } from "../../views/change.ts";

export default class ChangesPropose extends EcoCommand {
  static override summary = "Propose a change of the specs. The orchestrator's right.";
  static override description =
    "Compares two spec sets as `eco specs diff` does, and proposes the difference. The sandbox, which runs the specs in force, works out whom it affects and tells them; they may object for as long as the rules of the ecosystem say.";
  static override examples = [
    '<%= config.bin %> <%= command.id %> specs specs-to-come --title "Deliveries name who they are for" --profile harbour',
    '<%= config.bin %> <%= command.id %> specs specs-to-come --title "Parcels by bike" --effective 2027-04-01T00:00:00Z --traffic traffic.json',
  ];
  static override args = {
    old: Args.string({
      required: true,
      description: "Directory or file of the specs in force.",
      ignoreStdin: true,
    }),
    new: Args.string({
      required: true,
      description: "Directory or file of the specs to come.",
      ignoreStdin: true,
    }),
  };
  static override flags = {
    title: Flags.string({
      helpValue: "<text>",
      required: true,
      summary: "What the change is for, in a few words.",
    }),
    summary: Flags.string({ helpValue: "<text>", summary: "Why, and what partners have to do." }),
    effective: Flags.string({
      helpValue: "<instant>",
      summary: "From when it holds; as soon as the rules allow where left out.",
    }),
    traffic: Flags.string({
      helpValue: "<file>",
      summary: "Who uses what, as for `eco certify plan`; rights and agreements tell of all others.",
    }),
  };

  override async run(): Promise<Outcome> {
    const { args, flags } = await this.parse(ChangesPropose);
    const traffic = flags.traffic === undefined ? undefined : await readTraffic(flags.traffic);
    const { compareSpecs } = await import("../../../specs/engine/difference/index.ts");
    const difference = compareSpecs(
      await loadToCompare(args.old, this.out),
      await loadToCompare(args.new, this.out),
    );
    if (difference.changes.length === 0)
      throw new EcoError("ECO_INPUT_INVALID", `Nothing changed from ${args.old} to ${args.new}.`, {
        fix: "Name the folder of the specs in force first, and that of the specs to come after it.",
      });
    const { title, summary, effective: effectiveAt } = flags;
    const input = { title, summary, effectiveAt, traffic, difference };
    return this.ask(flags, "changes.propose", input, presentChange);
  }
}
