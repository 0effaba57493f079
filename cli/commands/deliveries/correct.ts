import { Args, Flags } from "@oclif/core";
import { EcoError } from "../../../specs/engine/errors/eco-error.ts";
import { EcoCommand, type Outcome } from "../../command.ts";
import { presentDelivery } from "../../views/delivery.ts";

export default class DeliveriesCorrect extends EcoCommand {
  static override summary = "Correct a delivery; each leg books its new amount minus the old.";
  static override examples = [
    '<%= config.bin %> <%= command.id %> leg-1 --usage arrivalDelayMinutes=9 --reason "The gate time was read wrongly."',
  ];
  static override args = {
    id: Args.string({ required: true, description: "The delivery's id.", ignoreStdin: true }),
  };
  static override flags = {
    usage: Flags.string({
      helpValue: "<measure=value>",
      multiple: true,
      multipleNonGreedy: true,
      summary: "A measure as it should have been. Repeat it for several.",
    }),
    "started-at": Flags.string({ helpValue: "<time>", summary: "When the delivery really began." }),
    "ended-at": Flags.string({ helpValue: "<time>", summary: "When it really ended." }),
    reason: Flags.string({
      helpValue: "<text>",
      required: true,
      summary: "Why; all parties of the delivery read it.",
    }),
  };

  override async run(): Promise<Outcome> {
    const { args, flags } = await this.parse(DeliveriesCorrect);
    const usage = Object.fromEntries((flags.usage ?? []).map(readMeasure));
    const changes = {
      ...(Object.keys(usage).length === 0 ? {} : { usage }),
      ...(flags["started-at"] === undefined ? {} : { startedAt: flags["started-at"] }),
      ...(flags["ended-at"] === undefined ? {} : { endedAt: flags["ended-at"] }),
    };
    if (Object.keys(changes).length === 0)
      throw new EcoError("ECO_INPUT_MISSING", "Nothing to correct is given.", {
        fix: "Give --usage, --started-at or --ended-at.",
      });
    const session = await this.session(flags);
    const { result } = await session.client.call("deliveries.correct", {
      deliveryId: args.id,
      reason: flags.reason,
      ...changes,
    });
    this.out.success(`Corrected ${args.id}.`);
    presentDelivery(result, this.out);
    return { result };
  }
}

function readMeasure(pair: string): [string, string | number | boolean] {
  const at = pair.indexOf("=");
  if (at < 1)
    throw new EcoError("ECO_USAGE", `--usage \`${pair}\` is no pair.`, {
      fix: "Write --usage measure=value.",
    });
  const text = pair.slice(at + 1);
  if (text === "true" || text === "false") return [pair.slice(0, at), text === "true"];
  return [pair.slice(0, at), String(Number(text)) === text ? Number(text) : text];
}
