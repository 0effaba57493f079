import { Flags } from "@oclif/core";
import { EcoCommand, type Outcome } from "../command.ts";
import { weekInput } from "../measurement/time.ts";
import { withTriageCommands } from "../measurement/triage-commands.ts";
import { counted } from "../output/counted.ts";
import { sanitizeLine } from "../output/sanitize.ts";
import { listAt, textAt } from "../views/fields.ts";
import { moreThan } from "../views/present-list.ts";
import { waitingColumns } from "../views/waiting.ts";

const MOST = 500;

export default class Triage extends EcoCommand {
  static override summary =
    "Show what is open and needs somebody this week: whose turn it is, by when, the command.";
  static override description =
    "Offers without an answer, orders past their time, cases, disputes, incidents, certificates that end, endpoints that fail, months that nobody closed, steps of onboarding and exits: what is overdue, due by the end of the week or without a date, as it stands now. You see what your party takes part in; who oversees the ecosystem sees everything.";
  static override examples = [
    "<%= config.bin %> <%= command.id %>",
    {
      description: "What is due by the end of another week, as JSON",
      command: "<%= config.bin %> <%= command.id %> --period 2030-W11 --json",
    },
  ];
  static override flags = {
    period: Flags.string({
      helpValue: "<week>",
      summary: "The week of ISO 8601 by whose end it is due, 2025-W11; the present one where left out.",
    }),
    party: Flags.string({
      helpValue: "<id>",
      summary: "Only what this party takes part in: for those who oversee the ecosystem.",
    }),
    limit: Flags.integer({ default: 50, min: 1, max: MOST, helpValue: "<n>", summary: "How many at most." }),
  };

  override async run(): Promise<Outcome> {
    const { flags } = await this.parse(Triage);
    const session = await this.session(flags);
    const input = {
      ...weekInput(flags.period),
      ...(flags.party === undefined ? {} : { partyId: flags.party }),
      limit: flags.limit,
    };
    const { result } = await session.client.call("triage.get", input);
    const triage = withTriageCommands(result, session);
    const items = listAt(triage, "items");
    const open = Number(triage["open"]);
    const end = `by the end of ${textAt(triage, "week")}`;
    if (open === 0) this.out.data(sanitizeLine(`Nothing waits for anybody ${end}.`));
    else {
      this.out.data(
        sanitizeLine(`${counted(open, "thing")} to be done ${end}, ${textAt(triage, "overdue")} overdue.`),
      );
      this.out.data("");
      this.out.table(items, waitingColumns);
    }
    if (triage["more"] === true) this.out.note(moreThan(flags.limit, MOST));
    return { result: triage };
  }
}
