import { EcoCommand, type Outcome } from "../../command.ts";
import { idArg } from "../../flags.ts";
import { presentChange } from "../../views/change.ts";

/** How many affected parties and comments are asked for. */
const MOST = 1_000;

export default class ChangesShow extends EcoCommand {
  static override summary = "Show a change: what it changes, whom it affects, what is said about it.";
  static override examples = ["<%= config.bin %> <%= command.id %> chg_01"];
  static override args = idArg("change");

  override async run(): Promise<Outcome> {
    const { args, flags } = await this.parse(ChangesShow);
    const { client } = await this.session(flags);
    const input = { changeId: args.id };
    const { result: change } = await client.call("changes.get", input);
    const affected = await Array.fromAsync(client.list("changes.affected", input, MOST));
    const comments = await Array.fromAsync(client.list("changes.comments", input, MOST));
    const result = { ...change, affected, comments };
    presentChange(result, this.out);
    return { result };
  }
}
