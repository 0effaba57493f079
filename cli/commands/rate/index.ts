import { Args, Flags } from "@oclif/core";
import type { Rating } from "../../../sandbox/rating/index.ts";
import type { Catalog } from "../../../specs/engine/catalog/types.ts";
import { EcoError } from "../../../specs/engine/errors/eco-error.ts";
import { EcoCommand, type Outcome } from "../../command.ts";
import { openRating } from "../../rating.ts";
import { withDefaultCustomer } from "../../rows/default-customer.ts";
import { rowFlags } from "../../rows/flags.ts";
import { prepareRows } from "../../rows/prepare.ts";
import { presentTotals } from "../../rows/present-totals.ts";
import { presentVectors } from "../../rows/present-vectors.ts";
import { rateRows } from "../../rows/rate-rows.ts";
import { describe as describeSource } from "../../rows/read-rows.ts";

const REJECTIONS_SHOWN = 10;

export default class Rate extends EcoCommand {
  static override summary = "Rate a file of deliveries on this machine, with no server and nothing booked.";
  static override description =
    "Reads CSV, JSON or NDJSON row by row, rates each by the rate cards and agreements of the spec set, and prints the totals: what the customers pay, what each party gets, and who bears the service credits.\n\nColumns are mapped with --map; those that are already named like a field or a measure (distance_miles for distanceMiles) are found by themselves. Rows that can't be rated are counted, listed, and make the exit status 2.";
  static override examples = [
    {
      description: "A month of deliveries, with the columns named as they are in the file",
      command:
        "<%= config.bin %> <%= command.id %> flights.csv --product express-leg --map startedAt=departed_at,distanceMiles=distance_miles,arrivalDelayMinutes=delay_minutes",
    },
    {
      description: "From a pipe, as JSON",
      command: "<%= config.bin %> <%= command.id %> - --format ndjson --json < legs.ndjson",
    },
    {
      description: "The engine against published figures",
      command: "<%= config.bin %> <%= command.id %> --vectors rating.json",
    },
  ];
  static override args = {
    file: Args.string({ description: "CSV, JSON or NDJSON file, or - for stdin.", ignoreStdin: true }),
  };
  static override flags = {
    ...rowFlags,
    vectors: Flags.string({
      helpValue: "<file>",
      exclusive: ["product", "customer", "map", "set", "format"],
      summary: "Run a file of rating vectors instead, and exit with 3 if any fails.",
    }),
  };

  override async run(): Promise<Outcome> {
    const { args, flags } = await this.parse(Rate);
    if (flags.vectors !== undefined) return presentVectors(flags.vectors, this.out);
    if (args.file === undefined)
      throw new EcoError("ECO_USAGE", "No file to rate.", {
        fix: "Name a file, or - for stdin: eco rate FILE --product ID.",
      });
    const catalog = await this.catalog(flags);
    const rating = await openRating(catalog);
    if (rating === undefined)
      throw new EcoError("ECO_SPEC_INVALID", "The spec set has no rate card, so nothing can be rated.", {
        fix: "Add documents of kind `rate-card` and `agreement`, or choose another set with --specs.",
      });
    return this.#rateFile({ ...flags, file: args.file }, rating, catalog);
  }

  async #rateFile(
    input: Parameters<typeof prepareRows>[0],
    rating: Rating,
    catalog: Catalog,
  ): Promise<Outcome> {
    const prepared = await prepareRows(input, rating, this.out);
    const { source } = prepared;
    const name = describeSource(input.file);
    const progress = this.out.progress(`Rating ${name}`);
    let rejected = 0;
    const totals = await rateRows({
      rows: source.rows,
      mapping: withDefaultCustomer(prepared, catalog, this.out),
      rating,
      describe: prepared.describe,
      onRow: (count) => {
        if (count % 200 === 0) progress.update(count, source.progress());
      },
      onRejected: (line, reason) => {
        if (++rejected <= REJECTIONS_SHOWN) this.out.note(`${name}:${line}: ${reason}`);
      },
    }).finally(() => progress.stop());
    if (rejected > REJECTIONS_SHOWN)
      this.out.note(`… and ${rejected - REJECTIONS_SHOWN} more rows that can't be rated.`);
    const { windows, ...sums } = totals;
    const result = { ...sums, currency: sums.currency || catalog.ecosystem.currency };
    presentTotals(result, windows, this.out);
    if (rejected === 0) return { result };
    const failure = new EcoError(
      "ECO_ROWS_REJECTED",
      `${rejected} of ${rejected + result.deliveries} rows can't be rated.`,
      {
        fix: "Mend the rows listed above; the totals are those of the others.",
      },
    );
    return { result, failure };
  }
}
