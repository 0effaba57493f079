import { Args } from "@oclif/core";
import type { CanonicalFields } from "../../../specs/engine/canonical-fields.ts";
import { EcoError } from "../../../specs/engine/errors/eco-error.ts";
import { didYouMean } from "../../../specs/engine/suggest.ts";
import { EcoCommand, type Outcome } from "../../command.ts";
import type { DescribedCapability, DescribedEvent } from "../../meanings.ts";

export default class SpecsCapabilities extends EcoCommand {
  static override summary = "What operations and messages of your own can mean: every capability and event.";
  static override description =
    "A capability is bound to an operation by `x-eco-capability`; `x-eco-bind` says where its input stands in the request and where its result goes in the answer. An event is bound to a message by `x-eco-event`. With a name: its fields.";
  static override examples = [
    "<%= config.bin %> <%= command.id %>",
    "<%= config.bin %> <%= command.id %> deliveries.submit",
    "<%= config.bin %> <%= command.id %> delivery.rated",
  ];
  static override args = {
    name: Args.string({
      description: "A capability or an event; all of them where left out.",
      ignoreStdin: true,
    }),
  };

  override async run(): Promise<Outcome> {
    const { args } = await this.parse(SpecsCapabilities);
    const { describedCapabilities, describedEvents } = await import("../../meanings.ts");
    const [capabilities, events] = await Promise.all([describedCapabilities(), describedEvents()]);
    if (args.name === undefined) return this.#list(capabilities, events);
    const capability = capabilities.find(({ name }) => name === args.name);
    if (capability !== undefined) return this.#showCapability(capability);
    const event = events.find(({ name }) => name === args.name);
    if (event === undefined) {
      const names = [...capabilities, ...events].map(({ name }) => name);
      throw new EcoError("ECO_NOT_FOUND", `There is no capability and no event ${args.name}.`, {
        fix: didYouMean(args.name, names) ?? "`eco specs capabilities` lists all.",
      });
    }
    this.out.data("Beside `id`, `time` and `subject` it carries:");
    this.#fields(event.data);
    return { result: event };
  }

  #list(capabilities: readonly DescribedCapability[], events: readonly DescribedEvent[]): Outcome {
    this.out.table(capabilities, [
      { header: "Capability", value: ({ name }) => name },
      { header: "What it does", value: ({ summary }) => summary },
    ]);
    this.out.data("");
    this.out.table(events, [
      { header: "Event", value: ({ name }) => name },
      { header: "Carries", value: ({ data }) => topOf(data).join(", ") },
    ]);
    return {
      result: {
        capabilities: capabilities.map(({ name, summary }) => ({ name, summary })),
        events: events.map(({ name }) => ({ name })),
      },
    };
  }

  #showCapability(capability: DescribedCapability): Outcome {
    const { summary, input, result, events } = capability;
    this.out.data(`${summary}\n`);
    const fields = Object.entries(input);
    if (fields.length > 0) {
      this.out.table(fields, [
        { header: "Input", value: ([name]) => name },
        { header: "Type", value: ([, { type }]) => type ?? "" },
        { header: "Needed", value: ([, { required }]) => (required ? "yes" : "") },
        { header: "What it is", value: ([, { description }]) => description },
      ]);
      this.out.data("");
    }
    this.#fields(result);
    if (events.length > 0) this.out.data(`\nMay cause ${events.join(", ")}.`);
    return { result: capability };
  }

  #fields(fields: CanonicalFields): void {
    this.out.table(Object.entries(fields), [
      { header: "Field", value: ([name, { open }]) => (open === true ? `${name}.…` : name) },
      { header: "Type", value: ([, { type }]) => type },
      { header: "What it is", value: ([, { description = "" }]) => description },
    ]);
  }
}

const topOf = (fields: CanonicalFields): readonly string[] =>
  Object.keys(fields).filter((name) => !name.includes("."));
