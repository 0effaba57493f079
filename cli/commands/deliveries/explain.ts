import { Flags } from "@oclif/core";
import { EcoCommand, type Outcome } from "../../command.ts";
import { idArg } from "../../flags.ts";
import { sanitizeLine } from "../../output/sanitize.ts";
import { textAt, valueAt } from "../../views/fields.ts";

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
    const session = await this.session(flags);
    const { result } = await session.client.call("deliveries.explain", { deliveryId: args.id });
    const lines = valueAt(result, "lines");
    if (flags.trace) this.out.data(JSON.stringify(result["trace"], null, 2));
    else {
      for (const line of Array.isArray(lines) ? lines : []) this.out.data(sanitizeLine(String(line)));
      const fingerprint = sanitizeLine(textAt(result, "fingerprint"));
      if (fingerprint !== "") this.out.data(this.out.style("dim", `Fingerprint ${fingerprint}`));
    }
    return { result };
  }
}
