import { Flags } from "@oclif/core";
import { EcoCommand, type Outcome } from "../../command.ts";
import { idArg } from "../../flags.ts";
import type { Fields } from "../../http/api-client.ts";
import type { Output } from "../../output/output.ts";
import { sanitizeLine } from "../../output/sanitize.ts";
import { textAt } from "../../views/fields.ts";

export default class DeliveriesExplain extends EcoCommand {
  static override summary = "Explain every cent of a delivery: tiers, rounding, split, service credit, tax.";
  static override examples = [
    "<%= config.bin %> <%= command.id %> leg-1",
    {
      description: "The trace as data, for a machine to recompute",
      command: "<%= config.bin %> <%= command.id %> leg-1 --trace",
    },
  ];
  static override args = idArg("delivery");
  static override flags = {
    trace: Flags.boolean({ summary: "Print the trace as JSON instead of sentences." }),
  };

  override async run(): Promise<Outcome> {
    const { args, flags } = await this.parse(DeliveriesExplain);
    const present = flags.trace ? presentTrace : presentExplanation;
    return this.ask(flags, "deliveries.explain", { deliveryId: args.id }, present);
  }
}

const presentTrace = ({ trace }: Fields, out: Output): void =>
  out.data(JSON.stringify(trace ?? null, null, 2));

function presentExplanation(explanation: Fields, out: Output): void {
  const { lines } = explanation;
  for (const line of Array.isArray(lines) ? lines : []) out.data(sanitizeLine(String(line)));
  const fingerprint = sanitizeLine(textAt(explanation, "fingerprint"));
  if (fingerprint !== "") out.data(out.style("dim", `Fingerprint ${fingerprint}`));
}
