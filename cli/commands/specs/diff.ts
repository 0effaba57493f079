import { Args, Flags } from "@oclif/core";
import type { Level, SpecDifference } from "../../../specs/engine/difference/change.ts";
import { EcoError } from "../../../specs/engine/errors/eco-error.ts";
import { EcoCommand, type Outcome } from "../../command.ts";
import { loadToCompare } from "../../load-specs.ts";
import { counted } from "../../output/counted.ts";
import { reportFiles, reportFlag, writeReports } from "../../report-files.ts";

const FAILING = {
  breaking: ["breaking"],
  "possibly-breaking": ["breaking", "possibly-breaking"],
} as const satisfies Record<string, readonly Level[]>;

export default class SpecsDiff extends EcoCommand {
  static override summary = "Say what changed between two spec sets, and whom it breaks.";
  static override description =
    "Each change is told once, with its place and every operation, message, journey, rate card or agreement that it reaches. What partners send breaks where more is wanted; what they receive breaks where less is given. What can't be judged is told as possibly breaking.";
  static override examples = [
    "<%= config.bin %> <%= command.id %> specs-in-force specs",
    "<%= config.bin %> <%= command.id %> old.yaml new.yaml --fail-on breaking",
    "<%= config.bin %> <%= command.id %> specs-in-force specs --report changelog.md",
    "<%= config.bin %> <%= command.id %> specs-in-force specs --release 2027-01-15",
  ];
  static override args = {
    old: Args.string({
      required: true,
      description: "Directory or file of the specs that partners built against.",
      ignoreStdin: true,
    }),
    new: Args.string({
      required: true,
      description: "Directory or file of the specs to be published.",
      ignoreStdin: true,
    }),
  };
  static override flags = {
    "fail-on": Flags.option({
      options: ["breaking", "possibly-breaking"] as const,
      summary: "Exit with 3 where there is such a change, or a worse one.",
    })(),
    ...reportFlag,
    release: Flags.string({
      helpValue: "<day>",
      summary: "Keep it in the new specs as their release of this day, for the portal's changelog.",
    }),
  };

  override async run(): Promise<Outcome> {
    const { args, flags } = await this.parse(SpecsDiff);
    const reports = reportFiles(flags.report);
    const { compareSpecs } = await import("../../../specs/engine/difference/index.ts");
    const old = await loadToCompare(args.old, this.out);
    const now = await loadToCompare(args.new, this.out);
    const difference = compareSpecs(old, now);
    await this.#present(difference);
    const { markdownDifference } = await import("../../../specs/engine/difference/report.ts");
    const markdown = (): string => markdownDifference(difference, "Changes of the specs");
    await writeReports(reports, difference, markdown, this.out);
    if (flags.release !== undefined) {
      const { writeRelease } = await import("../../release-file.ts");
      const path = await writeRelease({ directory: args.new, date: flags.release, old, now, difference });
      this.out.success(`Wrote ${path}.`);
    }
    const failing: readonly Level[] = flags["fail-on"] === undefined ? [] : FAILING[flags["fail-on"]];
    const found = difference.changes.filter(({ level }) => failing.includes(level));
    if (found.length === 0) return { result: difference };
    const what = flags["fail-on"] === "breaking" ? "breaking" : "breaking or possibly breaking";
    return {
      result: difference,
      failure: new EcoError(
        "ECO_SPECS_BREAKING",
        `From ${args.old} to ${args.new} there ${found.length === 1 ? "is" : "are"} ${counted(found.length, `${what} change`)}.`,
      ),
    };
  }

  async #present({ changes, counts }: SpecDifference): Promise<void> {
    const { LEVEL_TITLES, placeInWords, reachesInWords } = await import(
      "../../../specs/engine/difference/report.ts"
    );
    const { LEVELS } = await import("../../../specs/engine/difference/change.ts");
    const { sanitizeLine } = await import("../../output/sanitize.ts");
    for (const level of LEVELS) {
      if (counts[level] === 0) continue;
      this.out.data(this.out.style(STYLES[level], LEVEL_TITLES[level]));
      for (const change of changes) {
        if (change.level !== level) continue;
        this.out.data(`  ${sanitizeLine(change.message)}`);
        this.out.data(`    ${sanitizeLine(reachesInWords(change.reaches))}`);
        this.out.data(`    ${this.out.style("dim", sanitizeLine(placeInWords(change)))}`);
      }
      this.out.data("");
    }
    const sums = LEVELS.map((level) => `${counts[level]} ${LEVEL_TITLES[level].toLowerCase()}`);
    this.out.data(
      changes.length === 0 ? "Nothing changed." : `${counted(changes.length, "change")}: ${sums.join(", ")}`,
    );
  }
}

const STYLES = { breaking: "red", "possibly-breaking": "yellow", compatible: "green", text: "dim" } as const;
