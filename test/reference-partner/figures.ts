/**
 * What the reference partner itself charges, computed from its own price list: integers of a ten-thousandth of a cent,
 * rounded once. It shares no code with the rating of the toolkit, which it is held against.
 */

interface Tier {
  /** The last quantity in it. */
  readonly upTo: number;
  /** Euros for each unit, in millionths. */
  readonly each: number;
  /** Euros on entering it, in millionths. */
  readonly flat?: number;
}

interface Offer {
  readonly measure: string;
  readonly since: string;
  readonly tiers: readonly Tier[];
  readonly rushTiers?: readonly Tier[];
  readonly least?: number;
  readonly most?: number;
  /** Percent in tenths, the one that comes first by its last day. */
  readonly tax: readonly { readonly until: string; readonly tenths: number }[];
  readonly late: {
    readonly measure: string;
    readonly steps: readonly (readonly [above: number, percent: number])[];
  };
  /** Cents that are given back at most. */
  readonly mostBack: number;
}

const ever = Number.POSITIVE_INFINITY;
const euro = 1_000_000;

const offers: Readonly<Record<string, Offer>> = {
  "express-leg": {
    measure: "distanceMiles",
    since: "2001-01-01",
    tiers: [
      { upTo: 250, each: 145_000, flat: 29 * euro },
      { upTo: 1_000, each: 118_000 },
      { upTo: 2_500, each: 94_000 },
      { upTo: ever, each: 81_000 },
    ],
    rushTiers: [
      { upTo: 250, each: 162_400, flat: 32_480_000 },
      { upTo: 1_000, each: 132_160 },
      { upTo: 2_500, each: 105_280 },
      { upTo: ever, each: 90_720 },
    ],
    least: 45 * euro,
    most: 320 * euro,
    tax: [{ until: "9999-12-31", tenths: 100 }],
    late: {
      measure: "arrivalDelayMinutes",
      steps: [
        [60, 30],
        [15, 10],
      ],
    },
    mostBack: 6_000,
  },
  "catering-cover": {
    measure: "covers",
    since: "2020-01-01",
    tiers: [
      { upTo: 10, each: 14_500_000 },
      { upTo: 30, each: 12_750_000 },
      { upTo: ever, each: 11_200_000 },
    ],
    tax: [
      { until: "2025-12-31", tenths: 140 },
      { until: "9999-12-31", tenths: 135 },
    ],
    late: {
      measure: "delayMinutes",
      steps: [
        [30, 25],
        [10, 10],
      ],
    },
    mostBack: 7_500,
  },
};

/** Products that it has a price for. */
export const ownProducts: readonly string[] = Object.keys(offers);

export interface Figures {
  readonly currency: string;
  readonly netMinor: number;
  readonly serviceCreditMinor: number;
  readonly taxMinor: number;
  readonly payableMinor: number;
}

/** What a mutant may get wrong about money. */
export interface FigureRules {
  /** Whether a quantity is above the last of a tier or step. */
  isAbove(quantity: number, upTo: number): boolean;
  /** Whether a day is one on which a tax rate with this last day holds. */
  holdsOn(day: string, lastDay: string): boolean;
  /** Whether the rush hours cost more. */
  rush: boolean;
  reversed(figures: Figures): Figures;
}

export const healthyFigures: FigureRules = {
  isAbove: (quantity, upTo) => quantity > upTo,
  holdsOn: (day, lastDay) => day <= lastDay,
  rush: true,
  reversed: (figures) => ({
    ...figures,
    netMinor: -figures.netMinor,
    serviceCreditMinor: -figures.serviceCreditMinor,
    taxMinor: -figures.taxMinor,
    payableMinor: -figures.payableMinor,
  }),
};

/** Half to even, as the price list says. */
function rounded(value: number, unit: number): number {
  const whole = Math.floor(value / unit);
  const twice = (value - whole * unit) * 2;
  return twice > unit || (twice === unit && whole % 2 === 1) ? whole + 1 : whole;
}

function price(quantity: number, tiers: readonly Tier[], { isAbove }: FigureRules): number {
  let below = 0;
  let sum = 0;
  for (const [index, { upTo, each, flat = 0 }] of tiers.entries()) {
    if (index > 0 && !isAbove(quantity, below)) break;
    sum += flat + (Math.min(quantity, upTo) - below) * each;
    below = upTo;
  }
  return sum;
}

/** Monday to Friday, 06:30 to 09:00 and 16:30 to 19:00. */
function isRush(startedAt: string): boolean {
  const weekday = new Date(`${startedAt.slice(0, 10)}T00:00:00Z`).getUTCDay();
  const time = startedAt.slice(11, 19);
  const within = (from: string, to: string): boolean => time >= from && time < to;
  return weekday > 0 && weekday < 6 && (within("06:30:00", "09:00:00") || within("16:30:00", "19:00:00"));
}

interface Delivery {
  readonly product: string;
  readonly startedAt: string;
  readonly usage: Readonly<Record<string, string>>;
}

function charge({ product, startedAt, usage }: Delivery, rules: FigureRules): Figures | undefined {
  const offer = offers[product];
  const day = startedAt.slice(0, 10);
  if (offer === undefined || day < offer.since) return undefined;
  const tiers = rules.rush && isRush(startedAt) ? (offer.rushTiers ?? offer.tiers) : offer.tiers;
  const asked = price(Number(usage[offer.measure]), tiers, rules);
  const exact = Math.max(Math.min(asked, offer.most ?? asked), offer.least ?? 0);
  const netMinor = rounded(exact, euro / 100);
  const late = Number(usage[offer.late.measure] ?? 0);
  const percent = offer.late.steps.find(([above]) => rules.isAbove(late, above))?.[1] ?? 0;
  const serviceCreditMinor = Math.min(rounded(netMinor * percent, 100), offer.mostBack);
  const tenths = offer.tax.find(({ until }) => rules.holdsOn(day, until))?.tenths ?? 0;
  const taxMinor = rounded((netMinor - serviceCreditMinor) * tenths, 1_000);
  const payableMinor = netMinor - serviceCreditMinor + taxMinor;
  return { currency: "EUR", netMinor, serviceCreditMinor, taxMinor, payableMinor };
}

/** Handles `POST /figures` with `{kind: charge | reversal, delivery}`. */
export function createFigures(rules: FigureRules = healthyFigures): (request: Request) => Promise<Response> {
  return async (request) => {
    const { kind, delivery } = (await request.json()) as { kind: string; delivery: Delivery };
    const figures = charge(delivery, rules);
    if (figures === undefined) return Response.json({ title: "No price" }, { status: 422 });
    return Response.json(kind === "reversal" ? rules.reversed(figures) : figures);
  };
}
