import type { Delivery } from "../../sandbox/rating/index.ts";
import type { Scenario } from "../../sandbox/simulation/index.ts";
import { exampleDeliveries } from "../../specs/engine/catalog/exchange/example-deliveries.ts";
import type { Catalog } from "../../specs/engine/catalog/types.ts";
import { EcoError } from "../../specs/engine/errors/eco-error.ts";
import { counted } from "../output/counted.ts";
import type { Output } from "../output/output.ts";
import { withDefaultCustomer } from "../rows/default-customer.ts";
import { prepareRows, type RowInput } from "../rows/prepare.ts";
import { takeRows } from "../rows/rate-rows.ts";
import { describe } from "../rows/read-rows.ts";
import type { Session } from "../session.ts";
import { storedDeliveries } from "../what-if/stored-deliveries.ts";
import type { OpenTerms } from "../what-if/terms.ts";
import { readScenario } from "./scenario-file.ts";

/** What flags say of the traffic; they go before what a file says. */
export interface Wishes extends Omit<RowInput, "file"> {
  readonly scenario?: string | undefined;
  readonly deliveries?: string | undefined;
  readonly stored?: boolean | undefined;
  readonly start?: string | undefined;
  readonly months?: number | undefined;
  readonly runs?: number | undefined;
  readonly seed?: string | undefined;
  readonly growth?: number | undefined;
  readonly late?: number | undefined;
}

/** What choosing traffic needs. */
export interface ChosenTraffic {
  readonly from: OpenTerms;
  readonly catalog: Catalog;
  readonly out: Output;
  /** Throws where somebody asked to stop. */
  readonly goOn: () => void;
  readonly openSession: () => Promise<Session>;
}

const USUAL = { months: 3, runs: 20, seed: "eco" } as const;
const NOTES_SHOWN = 10;

/** The scenario that the flags ask for, and how messages call it. */
export async function chooseScenario(
  wishes: Wishes,
  traffic: ChosenTraffic,
): Promise<{ readonly scenario: Scenario; readonly name: string }> {
  if (wishes.start !== undefined && !/^\d{4}-(0[1-9]|1[0-2])$/.test(wishes.start))
    throw new EcoError("ECO_USAGE", `--start \`${wishes.start}\` is no month.`, {
      fix: "Write it like 2025-03.",
    });
  if (wishes.scenario !== undefined)
    return { scenario: await fromFile(wishes.scenario, wishes), name: wishes.scenario };
  if (wishes.deliveries !== undefined || wishes.stored === true) return fromPast(wishes, traffic);
  return { scenario: await fromDocuments(wishes, traffic), name: "What the documents suggest" };
}

async function fromFile(path: string, wishes: Wishes): Promise<Scenario> {
  const file = await readScenario(path);
  const { growth, late } = wishes;
  return {
    ...USUAL,
    ...file,
    ...given(wishes),
    traffic: file.traffic.map((each) => ({
      ...each,
      ...(growth === undefined ? {} : { growth }),
      ...(late === undefined ? {} : { late }),
    })),
  };
}

/** What flags say of the frame. */
function given({ start, months, runs, seed }: Wishes): Partial<Scenario> {
  const flags = { start, months, runs, seed };
  return Object.fromEntries(Object.entries(flags).filter(([, value]) => value !== undefined));
}

async function fromDocuments(wishes: Wishes, { from, catalog, out }: ChosenTraffic): Promise<Scenario> {
  const { deriveScenario } = await import("../../sandbox/simulation/index.ts");
  const examples = exampleDeliveries(catalog) as unknown as readonly Delivery[];
  const { scenario, skipped } = deriveScenario(from, examples, catalog.ecosystem.parties, {
    ...wishes,
    ...USUAL,
    ...given(wishes),
  });
  for (const { product, detail } of skipped) out.warn(`${product} is left out: ${detail}`);
  if (scenario.traffic.length > 0) return scenario;
  throw new EcoError("ECO_USAGE", "The documents suggest no traffic.", {
    fix: "Give --scenario FILE, or --deliveries FILE with deliveries that were.",
  });
}

async function fromPast(
  wishes: Wishes,
  { from, catalog, out, goOn, openSession }: ChosenTraffic,
): Promise<{ readonly scenario: Scenario; readonly name: string }> {
  const { pastDeliveries } = await import("../../sandbox/simulation/index.ts");
  const frame = { ...USUAL, ...given(wishes) };
  const past = pastDeliveries(frame.seed);
  const { deliveries: file = "-" } = wishes;
  const name = wishes.stored === true ? "What the sandbox has booked" : describe(file);
  const add = (delivery: Delivery): undefined => {
    goOn();
    past.add(delivery);
  };
  if (wishes.stored === true) {
    const { product, customer } = wishes;
    for await (const delivery of storedDeliveries(await openSession(), { product, customer })) add(delivery);
  } else {
    const prepared = await prepareRows({ ...wishes, file }, from.rating, out);
    let rejected = 0;
    await takeRows(
      {
        rows: prepared.source.rows,
        mapping: withDefaultCustomer(prepared, catalog, out),
        describe: prepared.describe,
        onRow: () => undefined,
        onRejected: (line, reason) => {
          if (++rejected <= NOTES_SHOWN) out.note(`${name}:${line}: ${reason}`);
        },
      },
      add,
    );
    if (rejected > 0)
      out.warn(`${counted(rejected, "row")} of ${name} can't be read; the traffic is like the others.`);
  }
  const scenario = past.scenario({ ...wishes, ...frame });
  if (scenario !== undefined) return { scenario, name };
  throw new EcoError("ECO_INPUT_INVALID", `${name} holds no deliveries to make traffic like.`);
}

/** `2%` or `0.02` → 0.02. @throws EcoError ECO_USAGE */
export function shareOf(
  text: string | undefined,
  flag: string,
  least: number,
  most: number,
): number | undefined {
  if (text === undefined) return undefined;
  const match = /^([+-]?\d+(?:\.\d+)?)\s*(%?)$/.exec(text.trim());
  const share = Number(match?.[1]) / (match?.[2] === "%" ? 100 : 1);
  if (match !== null && share >= least && share <= most) return share;
  throw new EcoError("ECO_USAGE", `${flag} \`${text}\` is no share from ${least * 100}% to ${most * 100}%.`, {
    fix: `Write it like ${flag} 5% or ${flag} 0.05.`,
  });
}
