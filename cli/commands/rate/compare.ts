import { Args, Flags } from "@oclif/core";
import type { Comparison, Delivery, Rating, Unrateable } from "../../../sandbox/rating/index.ts";
import type { Catalog } from "../../../specs/engine/catalog/types.ts";
import { EcoError } from "../../../specs/engine/errors/eco-error.ts";
import { EcoCommand, type Outcome } from "../../command.ts";
import type { GlobalFlags } from "../../flags.ts";
import { checkProduct } from "../../rating.ts";
import { withDefaultCustomer } from "../../rows/default-customer.ts";
import { rowFlags } from "../../rows/flags.ts";
import { prepareRows, type RowInput } from "../../rows/prepare.ts";
import { takeRows } from "../../rows/rate-rows.ts";
import { describe as describeSource } from "../../rows/read-rows.ts";
import { comparisonCsv, comparisonResult, presentComparison } from "../../what-if/present-comparison.ts";
import { storedDeliveries } from "../../what-if/stored-deliveries.ts";
import { openTerms } from "../../what-if/terms.ts";

const NOTES_SHOWN = 10;

interface Sides {
  readonly from: Rating;
  readonly to: Rating;
}

interface Running {
  /** Why neither side can rate a delivery; undefined where one can. */
  add(delivery: Delivery): string | undefined;
  result(): Comparison;
}

export default class RateCompare extends EcoCommand {
  static override summary = "What deliveries would have cost under other terms; nothing is booked.";
  static override description =
    "Rates each delivery twice, by the terms of --from and by those of --to, and shows the difference in total, per party and per product. A path is a spec set, or a draft: rate cards or agreements, as files or a directory of them, that take the place of those with the same id in the spec set. Without --from, the spec set as it is.\n\nThe deliveries come from a file, as for `eco rate`, or with --stored from the sandbox. They are read one by one: a file may be of any length.";
  static override examples = [
    {
      description: "A draft of a rate card, over a month of deliveries",
      command:
        "<%= config.bin %> <%= command.id %> flights.csv --to draft/express-leg.yaml --product express-leg --map startedAt=departed_at",
    },
    {
      description: "Two spec sets, over what the sandbox has booked, for a spreadsheet",
      command: "<%= config.bin %> <%= command.id %> --stored --from specs --to specs-next --csv",
    },
  ];
  static override args = {
    file: Args.string({ description: "CSV, JSON or NDJSON file, or - for stdin.", ignoreStdin: true }),
  };
  static override flags = {
    from: Flags.string({
      helpValue: "<path>",
      multiple: true,
      multipleNonGreedy: true,
      summary: "The terms to compare with. Repeat it for several drafts.",
    }),
    to: Flags.string({
      helpValue: "<path>",
      multiple: true,
      multipleNonGreedy: true,
      required: true,
      summary: "The other terms. Repeat it for several drafts.",
    }),
    stored: Flags.boolean({ summary: "Compare what the sandbox has booked, instead of a file." }),
    csv: Flags.boolean({ exclusive: ["json"], summary: "Print CSV instead of tables." }),
    ...rowFlags,
  };

  override async run(): Promise<Outcome> {
    const { args, flags } = await this.parse(RateCompare);
    const { file } = args;
    if ((file === undefined) === !flags.stored)
      throw new EcoError(
        "ECO_USAGE",
        file === undefined ? "No deliveries to compare." : "A file and --stored.",
        {
          fix: "Name a file (- for stdin), or give --stored for what the sandbox has booked; one of the two.",
        },
      );
    const catalog = await this.catalog(flags);
    const { rating: from } = await openTerms(flags.from ?? [], catalog);
    const { rating: to } = await openTerms(flags.to, catalog);
    const sides = { from, to };
    if (flags.product !== undefined && !to.products.includes(flags.product))
      checkProduct(from, flags.product);
    const running = await this.#start(sides);
    const rejected =
      file === undefined
        ? await this.#takeStored(flags, running)
        : await this.#takeFile({ ...flags, file }, catalog, sides, running);
    return this.#tell(running, rejected, catalog, flags.csv);
  }

  async #start(sides: Sides): Promise<Running> {
    const { createComparison } = await import("../../../sandbox/rating/index.ts");
    const comparison = createComparison(sides.from, sides.to);
    let oneSided = 0;
    const note = (delivery: Delivery, { from, to }: Unrateable): void => {
      const reason = from ?? to;
      if (reason === undefined || ++oneSided > NOTES_SHOWN) return;
      this.out.note(
        `${delivery.id}: only ${from === undefined ? "--from" : "--to"} can rate it. ${reason.detail}`,
      );
    };
    return {
      add(delivery) {
        const unrated = comparison.add(delivery);
        if (unrated.from !== undefined && unrated.to !== undefined) return unrated.from.detail;
        note(delivery, unrated);
        return undefined;
      },
      result: () => comparison.result(),
    };
  }

  async #takeFile(input: RowInput, catalog: Catalog, { from, to }: Sides, running: Running): Promise<number> {
    const words = input.product !== undefined && !from.products.includes(input.product) ? to : from;
    const prepared = await prepareRows(input, words, this.out);
    const name = describeSource(input.file);
    const progress = this.out.progress(`Comparing ${name}`);
    let rejected = 0;
    const count = await takeRows(
      {
        rows: prepared.source.rows,
        mapping: withDefaultCustomer(prepared, catalog, this.out),
        describe: prepared.describe,
        onRow: (row) => {
          if (row % 200 === 0) progress.update(row, prepared.source.progress());
        },
        onRejected: (line, reason) => {
          if (++rejected <= NOTES_SHOWN) this.out.note(`${name}:${line}: ${reason}`);
        },
      },
      (delivery) => running.add(delivery),
    ).finally(() => progress.stop());
    if (count > NOTES_SHOWN) this.out.note(`… and ${count - NOTES_SHOWN} more rows that can't be rated.`);
    return count;
  }

  async #takeStored(
    flags: GlobalFlags & { readonly product?: string | undefined; readonly customer?: string | undefined },
    running: Running,
  ): Promise<number> {
    const session = await this.controlSession(flags);
    let rejected = 0;
    for await (const delivery of storedDeliveries(session, {
      product: flags.product,
      customer: flags.customer,
    })) {
      const reason = running.add(delivery);
      if (reason !== undefined && ++rejected <= NOTES_SHOWN) this.out.note(`${delivery.id}: ${reason}`);
    }
    return rejected;
  }

  #tell(running: Running, rejected: number, catalog: Catalog, csv: boolean): Outcome {
    const comparison = inOneCurrency(running);
    const currency = comparison.from.currency || comparison.to.currency || catalog.ecosystem.currency;
    const result = comparisonResult(comparison, rejected, currency);
    if (csv) this.out.data(comparisonCsv(result));
    else presentComparison(result, this.out);
    if (rejected === 0) return { result };
    const failure = new EcoError("ECO_ROWS_REJECTED", `${rejected} of the deliveries can't be rated.`, {
      fix: "Mend those listed above; the figures are those of the others.",
    });
    return { result, failure };
  }
}

/** @throws EcoError ECO_USAGE where sums would mix currencies. */
function inOneCurrency(running: Running): Comparison {
  const comparison = attempt(() => running.result());
  const { from, to } = comparison;
  if (from.currency === "" || to.currency === "" || from.currency === to.currency) return comparison;
  throw mixed(`--from rates in ${from.currency} and --to in ${to.currency}`);
}

function attempt(result: () => Comparison): Comparison {
  try {
    return result();
  } catch (error) {
    if (error instanceof RangeError) throw mixed(error.message);
    throw error;
  }
}

function mixed(what: string): EcoError {
  return new EcoError("ECO_USAGE", `Amounts in different currencies can't be compared: ${what}.`, {
    fix: "Compare deliveries of one currency at a time: choose them with --product, or leave the others out of the file.",
  });
}
