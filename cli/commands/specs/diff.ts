import { Args, Flags } from "@oclif/core";
import type { Level, SpecDifference } from "../../../specs/engine/difference/change.ts";
import { EcoError } from "../../../specs/engine/errors/eco-error.ts";
import { EcoCommand, type Outcome } from "../../command.ts";
import { loadToCompare } from "../../load-specs.ts";
import { counted } from "../../output/counted.ts";
import { writeText } from "../../write-file.ts";

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
    report: Flags.string({
      multiple: true,
      helpValue: "<file>",
      summary: "Write it to a file too: .md (for a changelog) or .json.",
    }),
    release: Flags.string({
      helpValue: "<day>",
      summary: "Keep it in the new specs as their release of this day, for the portal's changelog.",
    }),
  };

  override async run(): Promise<Outcome> {
    const { args, flags } = await this.parse(SpecsDiff);
    const reports = flags.report ?? [];
    for (const path of reports) formatOf(path);
    const { compareSpecs } = await import("../../../specs/engine/difference/index.ts");
    const old = await loadToCompare(args.old, this.out);
    const now = await loadToCompare(args.new, this.out);
    const difference = compareSpecs(old, now);
    await this.#present(difference);
    for (const path of reports) await this.#write(path, difference);
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

  async #write(path: string, difference: SpecDifference): Promise<void> {
    const { markdownDifference } = await import("../../../specs/engine/difference/report.ts");
    const text =
      formatOf(path) === "md"
        ? markdownDifference(difference, "Changes of the specs")
        : `${JSON.stringify(difference, null, 2)}\n`;
    await writeText(path, text);
    this.out.success(`Wrote ${path}.`);
  }
}

const STYLES = { breaking: "red", "possibly-breaking": "yellow", compatible: "green", text: "dim" } as const;

function formatOf(path: string): "md" | "json" {
  const extension = /\.(md|json)$/i.exec(path)?.[1]?.toLowerCase();
  if (extension === "md" || extension === "json") return extension;
  throw new EcoError("ECO_INPUT_INVALID", `No report format for "${path}".`, {
    fix: "End the file's name in .md or .json.",
  });
}
