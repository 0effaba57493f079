import { didYouMean } from "../../specs/engine/suggest.ts";
import type { Sandbox } from "../pipeline/sandbox.ts";
import type { BundleFailure } from "../session/bundle-format.ts";
import type { VirtualTime } from "./virtual-time.ts";

/** What checks need of the sandbox that a test has. */
export interface Tested {
  /** The sandbox itself: its store, its catalogue, its control. */
  readonly sandbox: Sandbox;
  readonly url: string;
  readonly clock: VirtualTime;
  /** How far checks move the virtual clock while they wait, an ISO 8601 duration. */
  readonly patience: string;
  readonly onFailure: OnFailure | undefined;
  readonly leave: Leave;
  /** Postings that a check has accounted for, by sequence. */
  readonly accounted: Set<number>;
  /** The posting after which the books of this test begin, by sequence. */
  readonly booksFrom: number;
  /** The exchange after which this test begins, by sequence. */
  readonly exchangesFrom: number;
  /** Everything that is due at this moment of virtual time has happened when it resolves. */
  settle(): Promise<void>;
}

/**
 * What checks are made on, from JavaScript as well.
 * @throws TypeError
 */
export function checkTested(test: unknown): asserts test is Tested {
  if (typeof test === "object" && test !== null && "accounted" in test) return;
  throw new TypeError("A check wants the sandbox that `startSandbox` gave as its first argument.");
}

/** Leaves what led to a failure, once, where that was asked for. Resolves to a line that says where, or why not. */
export type Leave = (failure: BundleFailure) => Promise<string | undefined>;

/** Told when a check fails, before the test hears of it: to keep what led there. */
export type OnFailure = (failure: {
  readonly message: string;
  readonly test: Tested;
}) => void | Promise<void>;

/**
 * Of a party that there isn't, nothing ever comes.
 * @param what belongs to it, as the start of a sentence
 * @throws TypeError
 */
export async function checkParty({ control }: Sandbox, party: string, what: string): Promise<void> {
  const known = (await control.parties.list()).map(({ partyId }) => partyId);
  if (known.includes(party)) return;
  const help = didYouMean(party, known) ?? `There are: ${known.join(", ")}.`;
  throw new TypeError(`${what} is of a party ${party}, which there isn't. ${help}`);
}

/**
 * `delivery.rated` as well as the type that the event document gives it.
 * @throws TypeError for what no message is called: waiting for it would be in vain
 */
export function typeOf({ catalog: { messages } }: Sandbox, asked: string): string {
  const known = messages.find(({ event, type }) => event === asked || type === asked);
  if (known !== undefined) return known.type;
  // Without a document there is nothing that it could be held against.
  if (messages.length === 0) return asked;
  const names = messages.map(({ event, type }) => event ?? type).sort();
  const hint = didYouMean(asked, names);
  throw new TypeError(
    [`No message is called ${JSON.stringify(asked)}.`, hint, `There are: ${names.join(", ")}.`]
      .filter((part) => part !== undefined)
      .join(" "),
  );
}
