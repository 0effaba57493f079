import { balance, booked, nothingElseBooked, type WantedPosting } from "./book-checks.ts";
import { type Check, judge, type Patience, report } from "./check.ts";
import { rated, settled, statementIssued, type WantedStatement } from "./delivery-checks.ts";
import { emitted, received, receivedInOrder } from "./event-checks.ts";
import { Inbox } from "./inbox.ts";
import type { Wanted } from "./match.ts";
import { TestSandbox } from "./test-sandbox.ts";

/** The part of a matcher's `this` that vitest and Jest have in common. */
interface MatcherThis {
  readonly isNot?: boolean;
  readonly currentTestName?: string;
}

interface MatcherResult {
  readonly pass: boolean;
  readonly message: () => string;
}

async function match(context: MatcherThis, check: Check, patience: Patience = {}): Promise<MatcherResult> {
  const negated = context.isNot === true;
  const { pass, message } = await judge(check, patience, negated);
  const failed = pass === negated;
  const told = failed ? await report(check, message, context.currentTestName) : message;
  return { pass, message: () => told };
}

/** For `expect.extend(matchers)`. Each returns a promise: `await expect(sandbox).toHaveRated("leg-1")`. */
export const matchers = {
  /** An event happened. Of the sandbox. */
  toHaveEmitted(this: MatcherThis, test: unknown, type: string, want?: Wanted, patience?: Patience) {
    return match(this, emitted(sandboxIn(test), type, want), patience);
  },
  /** An event came, signed. Of an inbox. */
  toHaveReceived(this: MatcherThis, inbox: unknown, type: string, want?: Wanted, patience?: Patience) {
    return match(this, received(inboxIn(inbox), type, want), patience);
  },
  /** Events came, signed and in this order. Of an inbox. */
  toHaveReceivedInOrder(
    this: MatcherThis,
    inbox: unknown,
    sequence: readonly (string | readonly [type: string, want: Wanted])[],
    patience?: Patience,
  ) {
    return match(this, receivedInOrder(inboxIn(inbox), sequence), patience);
  },
  /** A delivery is rated, with these figures. Of the sandbox, as all that follow. */
  toHaveRated(this: MatcherThis, test: unknown, deliveryId: string, want?: Wanted, patience?: Patience) {
    return match(this, rated(sandboxIn(test), deliveryId, want), patience);
  },
  /** A delivery is settled, with these figures. */
  toHaveSettled(this: MatcherThis, test: unknown, deliveryId: string, want?: Wanted, patience?: Patience) {
    return match(this, settled(sandboxIn(test), deliveryId, want), patience);
  },
  /** These postings exist, each of its own. */
  toHaveBooked(this: MatcherThis, test: unknown, wanted: readonly WantedPosting[], patience?: Patience) {
    return match(this, booked(sandboxIn(test), wanted), patience);
  },
  /** Nothing was booked beside what `toHaveBooked` asked for. */
  toHaveBookedNothingElse(this: MatcherThis, test: unknown) {
    return match(this, nothingElseBooked(sandboxIn(test)), { within: "PT0S" });
  },
  /** An account stands at an amount. */
  toHaveBalance(
    this: MatcherThis,
    test: unknown,
    account: string,
    amountMinor: number | bigint,
    patience?: Patience,
  ) {
    return match(this, balance(sandboxIn(test), account, amountMinor), patience);
  },
  /** A statement was issued, with these figures. */
  toHaveIssuedStatement(this: MatcherThis, test: unknown, want: WantedStatement, patience?: Patience) {
    return match(this, statementIssued(sandboxIn(test), want), patience);
  },
};

function sandboxIn(value: unknown): TestSandbox {
  if (value instanceof TestSandbox) return value;
  throw new TypeError("expect(…) wants the sandbox that `startSandbox` gave.");
}

function inboxIn(value: unknown): Inbox {
  if (value instanceof Inbox) return value;
  throw new TypeError("expect(…) wants an inbox that `sandbox.receive` gave.");
}

/** The matchers as a test's author calls them. */
export interface EcoMatchers<Result> {
  toHaveEmitted(type: string, want?: Wanted, patience?: Patience): Result;
  toHaveReceived(type: string, want?: Wanted, patience?: Patience): Result;
  toHaveReceivedInOrder(
    sequence: readonly (string | readonly [type: string, want: Wanted])[],
    patience?: Patience,
  ): Result;
  toHaveRated(deliveryId: string, want?: Wanted, patience?: Patience): Result;
  toHaveSettled(deliveryId: string, want?: Wanted, patience?: Patience): Result;
  toHaveBooked(wanted: readonly WantedPosting[], patience?: Patience): Result;
  toHaveBookedNothingElse(): Result;
  toHaveBalance(account: string, amountMinor: number | bigint, patience?: Patience): Result;
  toHaveIssuedStatement(want: WantedStatement, patience?: Patience): Result;
}
