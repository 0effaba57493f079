import { Args, Flags } from "@oclif/core";
import { EcoError } from "../../../specs/engine/errors/eco-error.ts";
import { EcoCommand, type Outcome } from "../../command.ts";
import { counted } from "../../output/counted.ts";
import { openRating } from "../../rating.ts";
import { BookedCounter } from "../../rows/booked-totals.ts";
import { rowFlags } from "../../rows/flags.ts";
import { prepareRows } from "../../rows/prepare.ts";
import { presentBooked } from "../../rows/present-totals.ts";
import { describe as describeSource } from "../../rows/read-rows.ts";
import { RejectReasons } from "../../rows/reject-reasons.ts";
import { RejectsFile } from "../../rows/rejects.ts";
import { requireFields } from "../../rows/require-fields.ts";
import { submitRows } from "../../rows/submit-rows.ts";

export default class DeliveriesSubmit extends EcoCommand {
  static override summary = "Submit a file of deliveries: each is rated and booked, none twice.";
  static override description =
    "Reads CSV, JSON or NDJSON in batches. A row's identity is a mapped id, else its content and which occurrence of that content in the file it is: two equal rows of one file are two deliveries, and the same file sent again, or mended and sent again, books nothing twice. If a run is cut off, run it again.\n\nRows that can't be used go to a rejects file with their line and reason; the others go in, and the exit status is 2.";
  static override examples = [
    {
      description: "From a CSV file with its own column names",
      command:
        "<%= config.bin %> <%= command.id %> flights.csv --product express-leg --customer nordic-apps --map startedAt=departed_at,distanceMiles=distance_miles,arrivalDelayMinutes=delay_minutes",
    },
    {
      description: "Deliveries as JSON, from a pipe",
      command: "<%= config.bin %> <%= command.id %> - --format ndjson < deliveries.ndjson",
    },
    {
      description: "Equal rows of tomorrow's file are other deliveries",
      command: "<%= config.bin %> <%= command.id %> passes.csv --batch 2025-03-12",
    },
  ];
  static override args = {
    file: Args.string({ description: "CSV, JSON or NDJSON file, or - for stdin.", ignoreStdin: true }),
  };
  static override flags = {
    ...rowFlags,
    batch: Flags.string({
      helpValue: "<name>",
      summary: "Tells rows of this file from equal rows of another file.",
    }),
    rejects: Flags.string({
      helpValue: "<file>",
      summary: "Where rejected rows go; FILE.rejects.csv where left out.",
    }),
    "batch-size": Flags.integer({
      default: 500,
      min: 1,
      max: 10_000,
      helpValue: "<n>",
      summary: "How many go in one request, at most.",
    }),
  };

  override async run(): Promise<Outcome> {
    const { args, flags } = await this.parse(DeliveriesSubmit);
    const file = args.file ?? (process.stdin.isTTY ? undefined : "-");
    if (file === undefined)
      throw new EcoError("ECO_INPUT_MISSING", "No file to submit.", {
        fix: "Name a file, or - for stdin: eco deliveries submit FILE.",
      });
    const session = await this.session(flags);
    const rating = await openRating(session.catalog);
    const { mapping, source, describe } = await prepareRows({ ...flags, file }, rating, this.out);
    if (source.columns !== undefined)
      requireFields(mapping, ["product", "customer", "startedAt"], source.columns);
    const rejects = new RejectsFile(
      flags.rejects ?? `${file === "-" ? "stdin" : file}.rejects.csv`,
      source.columns,
    );
    const counts = { rows: 0, rated: 0, known: 0, rejected: 0 };
    const booked = new BookedCounter();
    const reasons = new RejectReasons();
    const progress = this.out.progress(`Submitting ${describeSource(file)}`);
    try {
      await submitRows({
        rows: source.rows,
        mapping,
        describe,
        session,
        batch: flags.batch,
        batchSize: flags["batch-size"],
        onResult: async (row, result) => {
          counts.rows++;
          counts[result.kind]++;
          if (result.kind !== "rejected") return;
          reasons.add(row.line, result.reason);
          await rejects.add(row.line, result.reason, row.columns);
        },
        onSent: (sent) => {
          for (const amounts of sent.booked) booked.add(amounts);
          progress.update(counts.rows, source.progress());
        },
      });
    } catch (cause) {
      if (cause instanceof EcoError && counts.rows > 0)
        this.out.note(
          `\nStopped after ${counted(counts.rows, "row")}. Run the same command again: what went in is recognised.`,
        );
      throw cause;
    } finally {
      progress.stop();
      await rejects.close();
    }
    // A name that the caller chose, or that all of stdin share, may be another file's.
    if (rejects.count === 0 && flags.rejects === undefined && file !== "-") await rejects.discardFormer();
    return this.#present(counts, booked, { rejects, reasons });
  }

  #present(
    counts: Readonly<Record<string, number>>,
    booked: BookedCounter,
    { rejects, reasons }: { readonly rejects: RejectsFile; readonly reasons: RejectReasons },
  ): Outcome {
    const { rows = 0, rejected = 0 } = counts;
    const count = (name: string): string => (counts[name] ?? 0).toLocaleString("en");
    const totals = booked.all();
    this.out.data(
      `${counted(rows, "row")}: ${count("rated")} rated, ${count("known")} known already, ${count("rejected")} rejected`,
    );
    for (const sums of totals) presentBooked(sums, this.out);
    if (rejects.count === 0) return { result: { ...counts, totals } };
    reasons.present(this.out);
    const result = { ...counts, totals, rejectsFile: rejects.path, reasons: reasons.all() };
    const failure = new EcoError(
      "ECO_ROWS_REJECTED",
      `${count("rejected")} of ${counted(rows, "row")} ${rejected === 1 ? "was" : "were"} rejected.`,
      {
        fix: `${rejects.path} holds each with its line and reason: mend it there, and submit that file with the same flags.`,
      },
    );
    return { result, failure };
  }
}
