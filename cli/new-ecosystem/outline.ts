import { minorUnits } from "../../sandbox/rating/currency.ts";
import { EcoError } from "../../specs/engine/errors/eco-error.ts";

/** What somebody says about an ecosystem that is to be made. */
export interface EcosystemAnswers {
  readonly name: string;
  /** A domain of the orchestrator: its API and the types of its events are named by it. */
  readonly domain: string;
  /** What is delivered, in words. */
  readonly product: string;
  /** What is measured of it: `hour`. */
  readonly unit: string;
  /** For one unit, a decimal number in the currency. */
  readonly price: string;
  readonly currency: string;
  readonly timeZone: string;
  /** Names of the companies that take part from the beginning, played by the sandbox. */
  readonly orchestrator: string;
  readonly provider: string;
  readonly customer: string;
}

export interface Company {
  readonly id: string;
  readonly name: string;
}

/** The same, with everything that the documents call by an id. */
export interface Outline extends Omit<EcosystemAnswers, "orchestrator" | "provider" | "customer"> {
  readonly id: string;
  readonly productId: string;
  /** `example.mended.` of `mended.example`: what types of events begin with. */
  readonly typePrefix: string;
  /** Decimals of the currency. */
  readonly scale: number;
  /** The price in minor units. */
  readonly priceMinor: bigint;
  readonly orchestrator: Company;
  readonly provider: Company;
  readonly customer: Company;
}

/**
 * Names become ids, and what can't be is refused before a document is written.
 * @throws EcoError ECO_INPUT_INVALID naming the answer
 */
export function outlineOf(answers: EcosystemAnswers): Outline {
  const { name, domain, product, currency, timeZone, price } = answers;
  checkLengths(answers);
  const id = slugOf(name, "ecosystem");
  const companies = {
    orchestrator: company(answers.orchestrator, "orchestrator"),
    provider: company(answers.provider, "provider"),
    customer: company(answers.customer, "customer"),
  };
  const ids = Object.values(companies).map((one) => one.id);
  const twin = ids.find((one, index) => ids.indexOf(one) !== index);
  if (twin !== undefined)
    throw refused(`Two of the companies would be called \`${twin}\`.`, "Give each a name of its own.");
  if (
    !/^(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+$/.test(domain)
  )
    throw refused(`${shown(domain)} is no domain.`, "Give --domain as in `mended.example`.");
  if (!Intl.supportedValuesOf("currency").includes(currency))
    throw refused(`${shown(currency)} is no currency.`, "Give --currency as ISO 4217 has it: EUR.");
  checkTimeZone(timeZone);
  const scale = minorUnits(currency);
  return {
    ...answers,
    ...companies,
    id,
    scale,
    productId: slugOf(product, "product"),
    typePrefix: domain.split(".").reverse().join("."),
    priceMinor: minorOf(price, scale, currency),
  };
}

/** As given, and no longer than a line. */
const shown = (text: string): string => JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);

function refused(message: string, fix: string): EcoError {
  return new EcoError("ECO_INPUT_INVALID", message, { fix });
}

const company = (name: string, role: string): Company => ({ id: slugOf(name, role), name: name.trim() });

/** Longer than any name that people go by, so that what is cut out of a file by mistake shows. */
const LONGEST_NAME = 200;

function checkLengths({ name, product, unit, orchestrator, provider, customer }: EcosystemAnswers): void {
  for (const [answer, text] of Object.entries({ name, product, unit, orchestrator, provider, customer })) {
    if (text.trim() === "") throw refused(`There is nothing in --${answer}.`, `Give --${answer} in words.`);
    if (text.length > LONGEST_NAME)
      throw refused(
        `What --${answer} says has ${text.length} characters.`,
        `Give --${answer} with ${LONGEST_NAME} at most.`,
      );
  }
}

/**
 * `Mended bicycles` → `mended-bicycles`, `3M` → `x-3m`: an id in documents begins with a letter. Names in other alphabets
 * stay as they are, and go by `usual`.
 */
function slugOf(name: string, usual: string): string {
  const slug = name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 40)
    .replace(/^-|-$/g, "");
  if (slug.length < 2) return usual;
  return /^[a-z]/.test(slug) ? slug : `x-${slug}`;
}

function checkTimeZone(timeZone: string): void {
  try {
    new Intl.DateTimeFormat("en", { timeZone });
  } catch {
    throw refused(`${shown(timeZone)} is no time zone.`, "Give --time-zone as in Europe/Copenhagen.");
  }
}

/** `"30.5"` with scale 2 → 3050n. */
function minorOf(price: string, scale: number, currency: string): bigint {
  const [, whole, decimals = ""] = /^(\d{1,9})(?:\.(\d+))?$/.exec(price) ?? [];
  const minor =
    whole === undefined || decimals.length > scale ? 0n : BigInt(whole + decimals.padEnd(scale, "0"));
  if (minor > 0n) return minor;
  throw refused(
    `${shown(price)} is no price in ${currency}.`,
    `Give --price as a number above 0 with at most ${scale} decimals.`,
  );
}
