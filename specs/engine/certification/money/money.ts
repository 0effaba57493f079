import { readResponse } from "../../catalog/exchange/bind.ts";
import type { PlainObject } from "../../catalog/pointer.ts";
import { objectsOf } from "../../catalog/untyped.ts";
import {
  bindChecks,
  type CheckTable,
  held,
  type Observation,
  type PreparedPart,
  type RunContext,
  skipped,
  violated,
} from "../check.ts";
import { type Observed, readRecording } from "../client/recording.ts";
import { jsonOf } from "../provider/responses.ts";
import { createFigures, figureChecks } from "./figures.ts";
import { objectsIn } from "./turns.ts";

interface SeenCharge {
  readonly charge: PlainObject;
  readonly observed: Observed;
}

interface MoneyContext {
  readonly observed: readonly Observed[];
  readonly charges: readonly SeenCharge[];
}

function amount(charge: PlainObject, name: string): number {
  const value = charge[name];
  return typeof value === "number" ? value : 0;
}

function isCharge(value: PlainObject): boolean {
  return typeof value["netMinor"] === "number" && Array.isArray(value["shares"]);
}

function sharesFault({ charge }: SeenCharge): string | undefined {
  const shares = objectsOf(charge["shares"]);
  const sum = shares.reduce((total, one) => total + amount(one, "amountMinor"), 0);
  const net = amount(charge, "netMinor");
  // A party is shown its own share alone: then the others' make up the rest.
  const isWhole = new Set(shares.map((one) => one["party"])).size > 1;
  const fits = isWhole ? sum === net : Math.abs(sum) <= Math.abs(net);
  return fits ? undefined : `The shares add up to ${sum}, the net amount is ${net}.`;
}

function totalsFault({ charge }: SeenCharge): string | undefined {
  if (typeof charge["payableMinor"] !== "number") return undefined;
  const sum = amount(charge, "netMinor") - amount(charge, "serviceCreditMinor") + amount(charge, "taxMinor");
  return sum === charge["payableMinor"]
    ? undefined
    : `Net less credit plus tax is ${sum}, payable is ${charge["payableMinor"]}.`;
}

function fractionIn(observed: Observed): string | undefined {
  const bodies = [jsonOf(observed.exchange.response), safely(observed.exchange.request.body)];
  for (const object of bodies.flatMap((body) => [...objectsIn(body)])) {
    const found = Object.entries(object).find(
      ([name, value]) =>
        /Minor$/.test(name) && value !== null && typeof value !== "object" && !Number.isSafeInteger(value),
    );
    if (found !== undefined) return `${found[0]} is ${JSON.stringify(found[1])}.`;
  }
  return undefined;
}

function safely(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? "null");
  } catch {
    return undefined;
  }
}

function perCharge(context: MoneyContext, fault: (seen: SeenCharge) => string | undefined): Observation {
  const cases = context.charges.length;
  if (cases === 0) return skipped("not-applicable", "The recording has no charge.");
  const failing = context.charges.find((one) => fault(one) !== undefined);
  if (failing === undefined) return held(`${cases} charges.`, { cases });
  return violated(fault(failing) ?? "", {
    evidence: [failing.observed.exchange],
    example: failing.charge,
    cases,
  });
}

/** Successful creations of one delivery that left different charges behind. */
function doubled(context: MoneyContext): Observation {
  const byDelivery = new Map<string, Map<string, SeenCharge>>();
  for (const seen of context.charges) {
    if (seen.observed.exchange.request.method !== "POST") continue;
    const delivery = String(seen.charge["deliveryId"] ?? "");
    const line = `${seen.charge["product"] ?? ""} ${seen.charge["side"] ?? ""} ${seen.charge["payer"] ?? ""} ${seen.charge["payee"] ?? ""}`;
    const lines = byDelivery.get(delivery) ?? new Map<string, SeenCharge>();
    const known = lines.get(line);
    if (
      delivery !== "" &&
      known !== undefined &&
      known.charge["id"] !== seen.charge["id"] &&
      known.observed !== seen.observed
    ) {
      const evidence = [known.observed.exchange, seen.observed.exchange];
      return violated(
        `The delivery ${delivery} was charged as ${known.charge["id"]} and as ${seen.charge["id"]}.`,
        { evidence },
      );
    }
    lines.set(line, seen);
    byDelivery.set(delivery, lines);
  }
  if (byDelivery.size === 0)
    return skipped("not-applicable", "The recording has no charge of a submitted delivery.");
  return held(`${byDelivery.size} deliveries were charged once.`, { cases: byDelivery.size });
}

/** The checks of what was recorded. */
export const moneyChecks: CheckTable<MoneyContext> = {
  async *"money.charge.shares-sum"(context) {
    yield perCharge(context, sharesFault);
  },
  async *"money.charge.totals"(context) {
    yield perCharge(context, totalsFault);
  },
  async *"money.charge.minor-units"({ observed }) {
    const cases = observed.length;
    const failing = observed.find((one) => fractionIn(one) !== undefined);
    if (cases === 0) yield skipped("not-applicable", "The recording has no exchange.");
    else if (failing === undefined) yield held(`The amounts of ${cases} exchanges are whole.`, { cases });
    else yield violated(fractionIn(failing) ?? "", { evidence: [failing.exchange], cases });
  },
  async *"money.charge.once"(context) {
    yield doubled(context);
  },
};

/** The answer under the canonical names, whatever the ecosystem calls its fields. */
function resultOf({ operation, exchange }: Observed): unknown {
  const body = jsonOf(exchange.response);
  return operation === undefined || body === undefined ? body : readResponse(operation, body);
}

async function* unrecorded(): AsyncGenerator<Observation> {
  yield skipped("not-configured", "No recording of the partner's client was given.");
}

function recordedChecks(run: RunContext): PreparedPart["checks"] {
  const { recording } = run.options;
  if (recording === undefined)
    return Object.fromEntries(Object.keys(moneyChecks).map((id) => [id, unrecorded]));
  const observed = readRecording(run.catalog, recording);
  const charges = observed.flatMap((one) =>
    [...objectsIn(resultOf(one))].filter(isCharge).map((charge) => ({ charge, observed: one })),
  );
  return bindChecks(moneyChecks, { observed, charges });
}

/** The money part: the amounts in the recorded exchanges added up again, and the partner's own figures held against the rules. */
export async function prepareMoney(run: RunContext): Promise<PreparedPart> {
  const figures = createFigures(run);
  return {
    unreachable: () => figures.away,
    checks: { ...recordedChecks(run), ...bindChecks(figureChecks, figures) },
  };
}
