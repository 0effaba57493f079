import { SHOWN_FIELDS } from "../capabilities/deliveries/records.ts";
import type { IssuedStatement } from "../ledger/index.ts";
import type { Json, JsonObject } from "../store/store.ts";
import type { Check, Look } from "./check.ts";
import { checkFields, differences, show, type Wanted } from "./match.ts";
import { checkParty, checkTested, type Tested } from "./tested.ts";

const SHOWN = 10;

/**
 * A delivery is rated and stands, with these figures: `{ netMinor: 14431, taxMinor: 1299 }`.
 * @throws TypeError for what is no id, or a field that no delivery has
 */
export function rated(test: Tested, deliveryId: string, want: Wanted = {}): Check {
  checkDelivery(test, deliveryId, want);
  return {
    test,
    what: `the delivery ${deliveryId} rated${figures(want)}`,
    look: () => lookAt(test, deliveryId, { status: STANDS, ...want }),
  };
}

/** @throws TypeError for what is no id: `undefined`, as an answer that was refused has it, is never rated */
function checkDelivery(test: Tested, deliveryId: string, want: Wanted): void {
  checkTested(test);
  if (typeof deliveryId !== "string" || deliveryId === "")
    throw new TypeError(`${show(deliveryId)} is no id of a delivery.`);
  checkFields(want, SHOWN_FIELDS, "a delivery");
}

/** Of a delivery that counts: one that was cancelled is rated at nothing. */
const STANDS = /^(rated|corrected|disputed|settled)$/;

/** A delivery is settled: the period that it was booked into is closed. With these figures. */
export function settled(test: Tested, deliveryId: string, want: Wanted = {}): Check {
  checkDelivery(test, deliveryId, want);
  return {
    test,
    what: `the delivery ${deliveryId} settled${figures(want)}`,
    look: () => lookAt(test, deliveryId, { status: "settled", ...want }),
  };
}

export interface WantedStatement extends Wanted {
  readonly party: string;
  /** `2025-03` */
  readonly period: string;
}

const STATEMENT_FIELDS = Object.keys({
  id: true,
  number: true,
  party: true,
  period: true,
  currency: true,
  documents: true,
  lines: true,
  lineCount: true,
  prepaid: true,
  nextLines: true,
  settlementId: true,
  issuedAt: true,
  netMinor: true,
  serviceCreditMinor: true,
  taxMinor: true,
  payableMinor: true,
} satisfies Record<keyof IssuedStatement, true>);

/** `2025-03` */
const PERIOD = /^\d{4}-(0[1-9]|1[0-2])$/;

/**
 * A statement was issued to a party for a period, with these figures.
 * @throws TypeError for a field that no statement has, or what is no period
 */
export function statementIssued(test: Tested, want: WantedStatement): Check {
  checkTested(test);
  checkFields(want, STATEMENT_FIELDS, "a statement");
  const { party, period, ...fields } = want;
  if (!PERIOD.test(period)) throw new TypeError(`${show(period)} is no period: write the month as 2025-03.`);
  return {
    test,
    what: `a statement of ${party} for ${period}${figures(fields)}`,
    async look() {
      const issued = await everyItem(test, "statements.list", { period });
      const own = issued.filter((statement) => statement["party"] === party);
      if (own.some((statement) => differences(fields, statement).length === 0)) {
        return { pass: true, found: own.map(describeStatement) };
      }
      if (own.length > 0) {
        return {
          pass: false,
          found: own.map((statement) => `  ${differences(fields, statement).join("; ")}`),
        };
      }
      await checkParty(test.sandbox, party, "A statement");
      const others = issued.slice(0, SHOWN).map(describeStatement);
      return {
        pass: false,
        found: others.length === 0 ? [`No statement was issued for ${period}.`] : ["Issued:", ...others],
      };
    },
  };
}

async function lookAt(test: Tested, deliveryId: string, want: Wanted): Promise<Look> {
  const decision = await test.sandbox.control.decisions.ask("deliveries.get", { deliveryId });
  if (decision.kind === "answer") {
    const differs = differences(want, decision.result);
    if (differs.length > 0) return { pass: false, found: differs.map((difference) => `  ${difference}`) };
    return { pass: true, found: [describeDelivery(decision.result)] };
  }
  const others = await everyItem(test, "deliveries.list", {});
  return {
    pass: false,
    found:
      others.length === 0
        ? ["There is no delivery at all."]
        : ["There is no such delivery. There are:", ...others.slice(-SHOWN).map(describeDelivery)],
  };
}

async function everyItem({ sandbox }: Tested, name: string, input: JsonObject): Promise<JsonObject[]> {
  const items: JsonObject[] = [];
  let cursor: Json | undefined;
  do {
    const decision = await sandbox.control.decisions.ask(name, {
      ...input,
      limit: 500,
      ...(cursor === undefined ? {} : { cursor }),
    });
    if (decision.kind === "refused") throw new Error(`${name}: ${decision.detail}`);
    const page = decision.result["items"];
    if (Array.isArray(page)) items.push(...(page as readonly JsonObject[]));
    cursor = decision.result["nextCursor"];
  } while (cursor !== undefined);
  return items;
}

const describeDelivery = ({ id, product, status, netMinor, payableMinor, currency }: JsonObject): string =>
  `  ${id} ${product} ${status}: net ${netMinor}, payable ${payableMinor} ${currency}`;

const describeStatement = ({ party, number, period, payableMinor, currency }: JsonObject): string =>
  `  ${party} ${number} for ${period}: payable ${payableMinor} ${currency}`;

const figures = (want: Wanted): string => (Object.keys(want).length === 0 ? "" : ` with ${show(want)}`);
