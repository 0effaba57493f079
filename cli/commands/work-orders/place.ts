import { Flags } from "@oclif/core";
import { EcoCommand, type Outcome } from "../../command.ts";
import { readPair } from "../../pair.ts";
import { usageFlag, usageFrom } from "../../usage.ts";
import { presentWorkOrder } from "../../views/work-order.ts";

export default class WorkOrdersPlace extends EcoCommand {
  static override summary = "Ask a provider for a service.";
  static override description =
    "The order is offered to the provider. When it declines, or says nothing in time, it goes to the next substitute; when nobody takes it, it ends as unfulfilled. Nothing is rated before it is completed.";
  static override examples = [
    "<%= config.bin %> <%= command.id %> --product catering-cover --customer nordic-apps --provider fjord-catering --for 2030-03-11T11:30:00 --usage covers=37 --party broker=spacefinder",
  ];
  static override flags = {
    product: Flags.string({ helpValue: "<id>", required: true, summary: "What is asked for." }),
    customer: Flags.string({ helpValue: "<party>", required: true, summary: "Who pays for it." }),
    provider: Flags.string({ helpValue: "<party>", required: true, summary: "Who is asked first." }),
    for: Flags.string({
      helpValue: "<time>",
      required: true,
      summary: "When: with an offset, or a local time of the ecosystem.",
    }),
    ...usageFlag("How much of it, as far as is known. Repeat it for several."),
    party: Flags.string({
      helpValue: "<role=party>",
      multiple: true,
      multipleNonGreedy: true,
      summary: "Who else takes part, such as broker=spacefinder. Repeat it for several.",
    }),
    substitute: Flags.string({
      helpValue: "<party>",
      multiple: true,
      multipleNonGreedy: true,
      exclusive: ["no-substitutes"],
      summary: "Who is asked next, in this order; the ecosystem's own where left out.",
    }),
    "no-substitutes": Flags.boolean({ summary: "Ask nobody else." }),
    beneficiary: Flags.string({
      helpValue: "<name>",
      summary: "For whom it is, where that isn't the customer.",
    }),
    parent: Flags.string({ helpValue: "<id>", summary: "The delivery that it is part of." }),
    within: Flags.string({
      helpValue: "<duration>",
      summary: "How long each provider has to answer, such as PT30M.",
    }),
    id: Flags.string({ helpValue: "<id>", summary: "An id of your own." }),
  };

  override async run(): Promise<Outcome> {
    const { flags } = await this.parse(WorkOrdersPlace);
    const substitutes = flags["no-substitutes"] ? [] : flags.substitute;
    const parties = flags.party?.map((pair) => readPair(pair, "--party role=party"));
    const input = {
      id: flags.id,
      product: flags.product,
      customer: flags.customer,
      provider: flags.provider,
      substitutes,
      parties: parties === undefined ? undefined : Object.fromEntries(parties),
      beneficiary: flags.beneficiary,
      parent: flags.parent,
      scheduledFor: flags.for,
      usage: usageFrom(flags.usage),
      respondWithin: flags.within,
    };
    return this.ask(flags, "work-orders.create", input, presentWorkOrder);
  }
}
