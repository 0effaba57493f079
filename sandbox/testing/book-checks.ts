import { parseAccount } from "../ledger/account.ts";
import type { StoredPosting } from "../store/store.ts";
import { everyPage } from "../values/pages.ts";
import type { Check } from "./check.ts";
import { checkAmount, checkFields, differences, show } from "./match.ts";
import { checkParty, checkTested, type Tested } from "./tested.ts";

const PAGE = 1000;
const SHOWN = 24;

/** A posting that a test wants. Fields left out may be anything. */
export interface WantedPosting {
  /** `harbour/receivable/nordic-apps` */
  readonly account: string;
  /** Minor units: positive debits, negative credits. */
  readonly amountMinor: number | bigint;
  readonly currency?: string;
  readonly deliveryId?: string;
  readonly kind?: StoredPosting["kind"];
  /** The accounting period, `2025-03`. */
  readonly period?: string;
}

const POSTING_FIELDS = Object.keys({
  account: true,
  amountMinor: true,
  currency: true,
  deliveryId: true,
  chargeId: true,
  kind: true,
  period: true,
  transactionId: true,
  bookedAt: true,
  sequence: true,
} satisfies Record<keyof StoredPosting, true>);

/**
 * Each of these postings is in the books, as a posting of its own.
 * @throws TypeError where none is wanted, RangeError for an account that no booking could make
 */
export function booked(test: Tested, wanted: readonly WantedPosting[]): Check {
  checkTested(test);
  if (!Array.isArray(wanted)) throw new TypeError(`Postings are wanted as a list: [${show(wanted)}].`);
  if (wanted.length === 0)
    throw new TypeError(
      "No posting is wanted: that nothing was booked is what `nothingElseBooked` looks at.",
    );
  for (const want of wanted) {
    checkFields({ ...want }, POSTING_FIELDS, "a posting");
    if (typeof want.account === "string") parseAccount(want.account);
    checkAmount(want.amountMinor, `What is wanted on ${show(want.account)}`);
  }
  return {
    test,
    what: wanted.length === 1 ? "a posting" : `${wanted.length} postings`,
    ...(wanted.length > 1 && { notNegated: SEVERAL_POSTINGS }),
    async look() {
      const free = new Set(await postingsOf(test));
      const taken: StoredPosting[] = [];
      const missing: WantedPosting[] = [];
      for (const want of wanted) {
        const match = [...free].find((posting) => differences(want, posting).length === 0);
        if (match === undefined) missing.push(want);
        else {
          free.delete(match);
          taken.push(match);
        }
      }
      for (const { account } of missing) await checkParties(test, account);
      if (missing.length > 0) return { pass: false, found: describeMissing(missing, [...free]) };
      for (const { sequence } of taken) test.accounted.add(sequence);
      return { pass: true, found: ["In the books:", ...taken.map(line)] };
    },
  };
}

const SEVERAL_POSTINGS =
  "That several postings aren't all in the books holds as soon as one of them is missing: ask for each by itself.";

/** Since the test's books began, nothing was booked that `booked` has not accounted for. */
export function nothingElseBooked(test: Tested): Check {
  checkTested(test);
  return {
    test,
    what: "nothing else in the books",
    async look() {
      const others = (await postingsOf(test)).filter(({ sequence }) => !test.accounted.has(sequence));
      if (others.length === 0) return { pass: true, found: ["Every posting is accounted for."] };
      return { pass: false, found: ["Booked as well:", ...some(others)] };
    },
  };
}

/**
 * An account stands at an amount; one that was never posted to stands at zero.
 * @throws RangeError for an account that no booking could make
 */
export function balance(test: Tested, account: string, amountMinor: number | bigint): Check {
  checkTested(test);
  if (typeof account !== "string") throw new TypeError(`${show(account)} is no account.`);
  parseAccount(account);
  checkAmount(amountMinor, `What is wanted of ${account}`);
  return {
    test,
    what: `the account ${account} at ${amountMinor}`,
    async look() {
      const { store, tenant } = test.sandbox;
      const all = await store.reader(tenant).balances(account);
      const own = all.filter((each) => each.account === account);
      if (own.length === 0) await checkParties(test, account);
      const sum = own.reduce((total, each) => total + each.amountMinor, 0n);
      const found = own.length === 0 ? ["Nothing was ever posted to it."] : [`It stands at ${sum}.`];
      return { pass: sum === BigInt(amountMinor), found };
    },
  };
}

/** An account that nobody posted to may be misspelt: nothing would ever be booked on it. @throws TypeError */
async function checkParties({ sandbox }: Tested, account: unknown): Promise<void> {
  if (typeof account !== "string") return;
  const { party, counterparty = party } = parseAccount(account);
  await checkParty(sandbox, party, `The account ${account}`);
  await checkParty(sandbox, counterparty, `The account ${account}`);
}

async function postingsOf({ sandbox, booksFrom }: Tested): Promise<StoredPosting[]> {
  const read = sandbox.store.reader(sandbox.tenant);
  return (await Array.fromAsync(everyPage(PAGE, (page) => read.postings(page), booksFrom))).flat();
}

function describeMissing(missing: readonly WantedPosting[], others: readonly StoredPosting[]): string[] {
  const accounts = new Set(missing.map(({ account }) => account));
  const near = others.filter(({ account }) => accounts.has(account));
  return [
    "Missing:",
    ...missing.map((want) => `  ${show(want)}`),
    ...(others.length === 0
      ? ["Nothing else is booked."]
      : near.length > 0
        ? ["On the same accounts:", ...some(near)]
        : ["Booked instead:", ...some(others)]),
  ];
}

function some(postings: readonly StoredPosting[]): string[] {
  const left = postings.length - SHOWN;
  return [...postings.slice(0, SHOWN).map(line), ...(left > 0 ? [`  … and ${left} more`] : [])];
}

const line = ({ account, amountMinor, currency, kind, deliveryId, transactionId }: StoredPosting): string =>
  `  ${account} ${amountMinor} ${currency} (${kind} ${deliveryId ?? transactionId})`;
