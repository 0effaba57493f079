import { Args, Flags } from "@oclif/core";
import { EcoCommand, type Outcome } from "../../command.ts";
import { writeFolder } from "../../folder/write-folder.ts";
import { newEcosystem } from "../../new-ecosystem/index.ts";
import { outlineOf } from "../../new-ecosystem/outline.ts";
import { quoted } from "../../output/quoted.ts";
import { sanitizeLine } from "../../output/sanitize.ts";
import { ask, canAsk } from "../../prompts.ts";

export default class SpecsInit extends EcoCommand {
  static override summary = "Write the specs of a new ecosystem: small, whole, ready to start.";
  static override description =
    "Six documents: who takes part, the partner API, the events, an agreement, a rate card and a journey that proves them. The sandbox rates with them at once. Asks on a terminal; elsewhere by flags.";
  static override examples = [
    "<%= config.bin %> <%= command.id %> mended",
    {
      description: "Without questions",
      command:
        '<%= config.bin %> <%= command.id %> mended --name "Mended bicycles" --domain mended.example --product "Bicycle repair" --unit hour --price 30',
    },
  ];
  static override args = {
    dir: Args.string({ required: true, description: "Folder that they are written to.", ignoreStdin: true }),
  };
  static override flags = {
    name: Flags.string({ helpValue: "<text>", summary: "What the ecosystem is called." }),
    domain: Flags.string({
      helpValue: "<domain>",
      summary: "Names its API and its events; made of the name where left out.",
    }),
    product: Flags.string({ helpValue: "<text>", summary: "What is delivered." }),
    unit: Flags.string({ helpValue: "<word>", summary: "What is measured of it; hour where left out." }),
    price: Flags.string({ helpValue: "<amount>", summary: "For one unit; 30 where left out." }),
    currency: Flags.string({ helpValue: "<code>", summary: "ISO 4217; EUR where left out." }),
    "time-zone": Flags.string({ helpValue: "<zone>", summary: "Of its calendar; UTC where left out." }),
    orchestrator: Flags.string({
      helpValue: "<text>",
      summary: "Company that runs it; the name where left out.",
    }),
    provider: Flags.string({ helpValue: "<text>", summary: "Company that delivers from the beginning." }),
    customer: Flags.string({ helpValue: "<text>", summary: "Company that pays from the beginning." }),
    force: Flags.boolean({ summary: "Replace files of these names." }),
  };

  override async run(): Promise<Outcome> {
    const { args, flags } = await this.parse(SpecsInit);
    const asked = canAsk(flags.input);
    /** What was given, else asked where somebody can be, else the usual. */
    const answer = async (
      given: string | undefined,
      flag: string,
      message: string,
      usual?: string,
    ): Promise<string> => {
      if (given !== undefined) return given;
      if (usual !== undefined && !asked) return usual;
      const initial = usual === undefined ? {} : { initial: usual };
      return ask<string>({ message, flag, kind: "text", validate: filled, ...initial }, flags.input);
    };
    const name = await answer(flags.name, "--name", "Name of the ecosystem");
    const outline = outlineOf({
      name,
      domain: await answer(flags.domain, "--domain", "Domain", `${domainOf(name)}.example`),
      product: await answer(flags.product, "--product", "What is delivered"),
      unit: await answer(flags.unit, "--unit", "What is measured of it", "hour"),
      price: await answer(flags.price, "--price", "Price of one", "30"),
      currency: await answer(flags.currency, "--currency", "Currency", "EUR"),
      timeZone: await answer(flags["time-zone"], "--time-zone", "Time zone", "UTC"),
      orchestrator: await answer(flags.orchestrator, "--orchestrator", "Who runs it", name),
      provider: await answer(flags.provider, "--provider", "Who delivers first", "First Provider"),
      customer: await answer(flags.customer, "--customer", "Who pays first", "First Customer"),
    });
    const { directory, written, unchanged } = await writeFolder(args.dir, newEcosystem(outline), {
      force: flags.force,
    });
    for (const file of written) this.out.data(file);
    this.out.success(`${sanitizeLine(outline.name)} is in ${sanitizeLine(directory)}.`);
    const dir = quoted(sanitizeLine(args.dir));
    this.out.note(
      `Next: eco specs lint ${dir}, eco sandbox start --specs ${dir}, then eco journeys run first-delivery --specs ${dir}`,
    );
    return { result: { directory, written, unchanged, ecosystem: outline.id, product: outline.productId } };
  }
}

const filled = (text: string): true | string => (text.trim() === "" ? "Please write something." : true);

/** What a label of a domain takes at most. */
const LABEL = 63;

const domainOf = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, LABEL)
    .replace(/^-|-$/g, "") || "new";
