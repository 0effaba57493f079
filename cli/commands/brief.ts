import { Flags } from "@oclif/core";
import { EcoCommand, type Outcome } from "../command.ts";
import { asGiven } from "../config/as-given.ts";
import { withCommands } from "../measurement/brief-commands.ts";
import { dayInput } from "../measurement/time.ts";
import { presentBrief } from "../views/brief.ts";

export default class Brief extends EcoCommand {
  static override summary = "Name what was out of the ordinary on a day: in demand, capacity and quality.";
  static override description =
    "Holds each figure of the day against the same weekdays of the weeks before, by their median and their median absolute deviation, and names what chance alone would hardly bring about. You get a brief of what your party takes part in; who oversees the ecosystem gets everything. Days are those of the ecosystem's time zone, on the sandbox's own clock.";
  static override examples = [
    "<%= config.bin %> <%= command.id %>",
    {
      description: "Of another day, as JSON",
      command: "<%= config.bin %> <%= command.id %> --period 2025-03-11 --json",
    },
  ];
  static override flags = {
    period: Flags.string({
      helpValue: "<day>",
      summary: "The day, 2025-03-11; the last one that has gone by where left out.",
    }),
    party: Flags.string({
      helpValue: "<id>",
      summary: "Only what this party takes part in: for those who oversee the ecosystem.",
    }),
  };

  override async run(): Promise<Outcome> {
    const { flags } = await this.parse(Brief);
    const session = await this.session(flags);
    const input = {
      ...dayInput(flags.period),
      ...(flags.party === undefined ? {} : { partyId: flags.party }),
    };
    const { result } = await session.client.call("briefs.get", input);
    const brief = withCommands(result, asGiven(session.settings));
    presentBrief(brief, this.out);
    return { result: brief };
  }
}
