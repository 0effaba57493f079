import { compileBounds } from "../bounds.ts";
import { add, type Exact, ZERO } from "../exact.ts";
import { compileModel, type ModelPrice } from "../models/index.ts";
import { type Conversion, compileQuantity } from "../quantity.ts";
import { type Fields, fields, number, numbers, oneOf, rows, shown, strange } from "./fields.ts";

/** What a price is asked for. */
export interface Used {
  readonly quantity: Exact;
  readonly transactions?: readonly Exact[];
}

/** The numbers that a model's price says, and the rows that it is made of. */
interface Model {
  readonly numbers: readonly string[];
  readonly needs?: readonly string[];
  readonly rows?: { readonly name: string; readonly numbers: readonly string[] };
}

const TIERS = { name: "tiers", numbers: ["upTo", "unitAmount", "rate", "flatAmount"] };

const MODELS: Readonly<Record<string, Model>> = {
  unit: { numbers: ["unitAmount", "freeUnits"] },
  package: {
    numbers: ["packageSize", "packageAmount", "freeUnits"],
    needs: ["packageSize", "packageAmount"],
  },
  graduated: { numbers: [], rows: TIERS },
  "graduated-percentage": { numbers: [], rows: TIERS },
  volume: { numbers: [], rows: TIERS },
  percentage: {
    numbers: ["rate", "fixedAmount", "freeUnits", "freeEvents", "perTransactionMin", "perTransactionMax"],
  },
  "time-rate": {
    numbers: ["connectAmount"],
    rows: { name: "intervals", numbers: ["start", "amount", "per", "increment"] },
  },
  "one-off": { numbers: ["amount"], needs: ["amount"] },
  dynamic: { numbers: ["lowestAmount", "highestAmount"] },
};

/** What any price may say besides, in the order in which it applies. */
const MODIFIERS = ["increment", "usageDiscount", "maximumAmount", "minimumAmount"];

const CONVERSION = ["operation", "factor", "rounding", "decimals"];

/** The price of a vector with its modifiers in their fixed order: convert, round, discount, price, maximum, minimum. */
export function priceOf(vector: Fields): (used: Used) => Exact {
  const price = readPrice(fields(vector, "price"));
  const model = compileModel(price as unknown as ModelPrice);
  const plan = compileQuantity(price);
  const bind = compileBounds(price);
  return ({ quantity: measured, transactions }) => {
    const { quantity } = plan(measured);
    const { amount } = model.price({ quantity, transactions }, false);
    return bind?.(amount).amount ?? amount;
  };
}

/** A price in which every number is one, so that what is wrong is told by its name. */
function readPrice(price: Fields): Fields {
  const word = oneOf(Object.keys(MODELS), price["model"], "price model");
  const model = MODELS[word] ?? { numbers: [] };
  for (const name of model.needs ?? []) number(price[name], name);
  readNumbers(price, [...model.numbers, ...MODIFIERS]);
  const conversion =
    price["conversion"] === undefined ? {} : { conversion: readConversion(fields(price, "conversion")) };
  if (model.rows === undefined) return { ...price, ...conversion };
  const { name, numbers: known } = model.rows;
  const made = rows(price, name);
  for (const row of made) readNumbers(row, known);
  return { ...price, ...conversion, [name]: made };
}

function readNumbers(from: Fields, names: readonly string[]): void {
  for (const name of names) if (from[name] !== undefined) number(from[name], name);
}

export function readConversion(conversion: Fields): Conversion {
  number(conversion["factor"], "factor");
  readNumbers(conversion, ["decimals"]);
  return conversion as unknown as Conversion;
}

/** What was used: one measure, or transactions, whose sum is the quantity. */
export function readUsage(usage: Fields): Used {
  const transactions =
    usage["transactions"] === undefined ? undefined : numbers(usage["transactions"], "transactions");
  const measured = usage["quantity"] ?? usage["seconds"];
  if (measured !== undefined) {
    const quantity = number(measured, usage["quantity"] === undefined ? "seconds" : "quantity");
    return transactions === undefined ? { quantity } : { quantity, transactions };
  }
  if (transactions === undefined)
    throw new TypeError(`\`usage\` needs a quantity, seconds or transactions, and is ${shown(usage)}`);
  return { quantity: transactions.reduce(add, ZERO), transactions };
}

/** What a price says that its model doesn't know: it changes nothing. */
export function unknownInPrice(price: Fields): string[] {
  const model = MODELS[String(price["model"])];
  if (model === undefined) return [];
  const { name, numbers: known } = model.rows ?? { name: "", numbers: [] };
  const made = price[name];
  return [
    ...strange(
      price,
      ["model", "conversion", "incrementRounding", name, ...model.numbers, ...MODIFIERS],
      "price",
    ),
    ...unknownInConversion(price["conversion"], "price.conversion"),
    ...(Array.isArray(made) ? made.flatMap((row, i) => strange(row, known, `price.${name}[${i}]`)) : []),
  ];
}

export function unknownInConversion(conversion: unknown, at: string): string[] {
  return strange(conversion, CONVERSION, at);
}
