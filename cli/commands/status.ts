import { EcoCommand, type Outcome } from "../command.ts";
import { asGiven } from "../config/as-given.ts";
import type { Fields } from "../http/api-client.ts";
import { nextCommands } from "../onboarding/next-commands.ts";
import { sanitizeLine } from "../output/sanitize.ts";
import { requireParty, type Session } from "../session.ts";
import { listAt, textAt } from "../views/fields.ts";

export default class Status extends EcoCommand {
  static override summary = "Where am I on the way to live, whose turn is it, by when, and the next command.";
  static override examples = ["<%= config.bin %> <%= command.id %>"];

  override async run(): Promise<Outcome> {
    const { flags } = await this.parse(Status);
    const session = await this.session(flags);
    const partyId = requireParty(session);
    const { result } = await session.client.call("onboarding.get", { partyId });
    const steps = listAt(result, "steps");
    this.out.data(sanitizeLine(`${textAt(result, "partyId")} is ${textAt(result, "status")}.`));
    this.out.data("");
    this.out.table(steps, [
      { header: "", value: (step) => mark(step) },
      { header: "Step", value: (step) => textAt(step, "title") },
      { header: "State", value: (step) => textAt(step, "state") },
      { header: "Turn", value: (step) => (textAt(step, "state") === "done" ? "" : textAt(step, "turn")) },
      { header: "By", value: (step) => textAt(step, "dueAt") },
    ]);
    const command =
      nextCommand(steps, textAt(result, "next"), asGiven(session.settings)) ??
      (await afterwards(session, partyId));
    this.out.note(`\nNext: ${command}`);
    return { result: { ...result, nextCommand: command } };
  }
}

function mark(step: Fields): string {
  const state = textAt(step, "state");
  return state === "done" ? "✓" : state === "optional" ? "·" : "→";
}

/** The command for the step that is open; undefined where none is. */
function nextCommand(steps: readonly Fields[], next: string, as: string): string | undefined {
  const open =
    steps.find((step) => textAt(step, "id") === next) ??
    steps.find((step) => textAt(step, "state") === "open");
  if (open !== undefined && textAt(open, "turn") === "orchestrator")
    return `wait for the orchestrator; \`eco status${as}\` shows when it has acted`;
  if (open !== undefined) return `${textAt(open, "id") === "certify" ? "eco certify" : "eco onboard"}${as}`;
  return undefined;
}

/** What is worth doing although nobody asks for it. */
async function afterwards({ client, catalog, settings }: Session, partyId: string): Promise<string> {
  const { result: party } = await client.call("parties.get", { partyId });
  return nextCommands(catalog, textAt(party, "role"), asGiven(settings));
}
