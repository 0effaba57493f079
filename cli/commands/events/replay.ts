import { Flags } from "@oclif/core";
import { EcoError } from "../../../specs/engine/errors/eco-error.ts";
import { EcoCommand, type Outcome } from "../../command.ts";
import { idArg } from "../../flags.ts";
import { counted } from "../../output/counted.ts";

export default class EventsReplay extends EcoCommand {
  static override summary = "Send an event again, with the same id.";
  static override description =
    "A receiver that keeps to the rules takes it for the duplicate that it is. As a party, it goes to your own endpoints; on a sandbox of your own to those of all whom it concerns, or with --party to those of one.";
  static override examples = ["<%= config.bin %> <%= command.id %> evt_01"];
  static override args = idArg("event");
  static override flags = {
    party: Flags.string({ helpValue: "<id>", summary: "Only to this party's endpoints." }),
  };

  override async run(): Promise<Outcome> {
    const { args, flags } = await this.parse(EventsReplay);
    const { id: eventId } = args;
    const control = await this.ownControl(flags);
    if (control !== undefined) {
      const party = flags.party === undefined ? {} : { party: flags.party };
      const result = await control.call("replayEvent", { eventId, ...party });
      const { length } = result.dispatches;
      if (length === 0) this.out.warn("No endpoint wants it: nothing is sent.");
      else this.out.success(`${eventId} goes out again, to ${counted(length, "endpoint")}.`);
      return { result };
    }
    if (flags.party !== undefined)
      throw new EcoError("ECO_USAGE", "--party needs control of the sandbox.", {
        fix: "Leave it out: the event goes to your own endpoints.",
      });
    return this.ask(flags, "events.replay", { eventId }, (_, out) =>
      out.success(`${eventId} goes out again.`),
    );
  }
}
