import { Books, statedIn } from "./books.ts";
import { rootOf } from "./fingerprint.ts";
import type { Accepted, Library } from "./offers.ts";
import { differences, type Raw, raw } from "./raw.ts";
import { expectedTrace } from "./trace.ts";

export { Books } from "./books.ts";
export { Library } from "./offers.ts";

/** What a trace is held against. Only the documents are needed; each of the others leaves the trace less room to lie. */
export interface Evidence {
  /** Rate cards and agreements, told apart by the digests that the verifier computes of them. */
  readonly library: Library;
  /** The delivery as it was submitted. Without it, what the trace says of the delivery itself is believed. */
  readonly delivery?: unknown;
  /** What the verifier has seen of the period so far. Without it, what the trace says of the period is believed. */
  readonly books?: Books;
  readonly accepted?: Accepted;
  /** The fingerprint, with the salts of all legs, as the parties together hold them. */
  readonly fingerprint?: { readonly root: string | undefined; readonly salts: readonly string[] };
}

/**
 * An independent verifier of traces. From the delivery and the documents it works out, with arithmetic, calendar and code of its
 * own, everything that the trace has to say, and tells where it says something else. Nothing is wrong where nothing is told.
 */
export function verifyTrace(trace: unknown, evidence: Evidence): readonly string[] {
  const stated = raw(trace);
  const books = evidence.books ?? new Books(statedIn(stated));
  try {
    const wanted = wantedOf(raw(evidence.delivery ?? stated["delivery"]), books, evidence);
    const problems = differences(stated, wanted.trace);
    if (problems.length === 0 && evidence.fingerprint !== undefined)
      problems.push(...moved(evidence.fingerprint, wanted.legs));
    if (problems.length === 0) books.keep(wanted.added);
    return problems;
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}

type Wanted = ReturnType<typeof expectedTrace> & { readonly added: ReturnType<Books["open"]>["added"] };

let last:
  | {
      readonly of: string;
      readonly library: Library;
      readonly accepted: Accepted;
      readonly wanted: Wanted;
    }
  | undefined;

/** Of a thousand lies about one delivery, few change what has to be said of it: the last answer is kept. */
function wantedOf(delivery: Raw, books: Books, { library, accepted = everybody }: Evidence): Wanted {
  const of = `${JSON.stringify(delivery)}\n${books}`;
  if (last?.of === of && last.library === library && last.accepted === accepted) return last.wanted;
  const counters = books.open();
  const wanted = { ...expectedTrace(delivery, library, counters, accepted), added: counters.added };
  last = { of, library, accepted, wanted };
  return wanted;
}

const everybody: Accepted = () => true;

function moved({ root, salts }: NonNullable<Evidence["fingerprint"]>, legs: readonly Raw[]): string[] {
  const own = rootOf(legs, salts);
  return own === root ? [] : [`fingerprint: says ${String(root)}, should be ${own}`];
}
