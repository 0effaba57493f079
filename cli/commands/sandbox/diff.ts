import { Args } from "@oclif/core";
import type { StateDifference } from "../../../sandbox/session/index.ts";
import { EcoError } from "../../../specs/engine/errors/eco-error.ts";
import { EcoCommand, type Outcome } from "../../command.ts";
import { readState } from "../../sandbox-files.ts";
import { presentStateDifference } from "../../views/state-difference.ts";

export default class SandboxDiff extends EcoCommand {
  static override summary = "Compare a saved state with another one, or with a running sandbox.";
  static override description =
    "Records that were added, changed or removed, balances that moved, events and transactions that one side has. Ends with status 3 where they differ.";
  static override examples = [
    "<%= config.bin %> <%= command.id %> before.json after.json",
    {
      description: "What did my last calls change?",
      command: "<%= config.bin %> <%= command.id %> before.json",
    },
  ];
  static override args = {
    before: Args.string({
      required: true,
      ignoreStdin: true,
      description: "As `eco sandbox export` wrote it.",
    }),
    after: Args.string({
      ignoreStdin: true,
      description: "The other one; the running sandbox where left out.",
    }),
  };

  override async run(): Promise<Outcome> {
    const { args, flags } = await this.parse(SandboxDiff);
    const { diffStates, checkedStateFile } = await import("../../../sandbox/session/index.ts");
    const before = await readState(args.before);
    const after =
      args.after === undefined
        ? checkedStateFile(await (await this.control(flags)).call("exportState"))
        : await readState(args.after);
    const result: StateDifference = diffStates(before.state, after.state);
    presentStateDifference(result, this.out);
    if (result.same) return { result };
    return { result, failure: new EcoError("ECO_STATES_DIFFER", "The states differ.") };
  }
}
