import { Flags } from "@oclif/core";
import { readTraffic } from "../../certification/files.ts";
import { EcoCommand, type Outcome } from "../../command.ts";
import { cacheDirectory } from "../../config/paths.ts";
import { sanitizeLine } from "../../output/sanitize.ts";

export default class CertifyPlan extends EcoCommand {
  static override summary = "Plan the recertification that a change of the specs asks for.";
  static override description =
    "Compares two spec sets by what they ask for, prose left out: which operations, messages, workflows, agreements, rate cards and checks changed, which checks look at them, and which partners have to run again, by what they really use.";
  static override examples = [
    "<%= config.bin %> <%= command.id %> --from specs-2026-01 --to specs --traffic traffic.json",
  ];
  static override flags = {
    from: Flags.string({ required: true, helpValue: "<dir>", summary: "The spec set in force." }),
    to: Flags.string({ required: true, helpValue: "<dir>", summary: "The spec set to come." }),
    traffic: Flags.string({
      helpValue: "<file>",
      summary: "Who uses what: a JSON list of {partner, calls, implements, receives, documents}.",
    }),
    notice: Flags.integer({
      default: 30,
      min: 0,
      max: 3650,
      helpValue: "<days>",
      summary: "Days until it has to be done.",
    }),
  };

  override async run(): Promise<Outcome> {
    const { flags } = await this.parse(CertifyPlan);
    const { loadCatalog } = await import("../../../specs/engine/catalog/load.ts");
    const { planRecertification } = await import("../../../specs/engine/certification/index.ts");
    const load = async (directory: string) =>
      (await loadCatalog(directory, { cacheDir: cacheDirectory() })).catalog;
    const plan = planRecertification({
      from: await load(flags.from),
      to: await load(flags.to),
      traffic: flags.traffic === undefined ? [] : await readTraffic(flags.traffic),
      announcedAt: new Date(),
      noticeDays: flags.notice,
    });
    if (plan.changes.length === 0) this.out.note("Nothing changed that a partner would notice.");
    else
      this.out.table(plan.changes, [
        { header: "Changed", value: ({ kind }) => kind },
        { header: "", value: ({ id }) => id },
        { header: "How", value: ({ change }) => change },
      ]);
    for (const { partner, parts, checks, because, dueAt } of plan.partners) {
      this.out.data(sanitizeLine(`${partner}: ${checks.length} checks of ${parts.join(", ")} by ${dueAt}`));
      for (const reason of because) this.out.data(`  ${sanitizeLine(reason)}`);
    }
    return { result: plan };
  }
}
