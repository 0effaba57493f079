import fc from "fast-check";
import { decimal, maybe, record, told } from "./prices.ts";

type Node = Record<string, unknown>;

const AGENTS = ["ada", "bo", "cy", "di", "eve", "flo"];
const selector = fc.oneof(
  { arbitrary: fc.constantFrom(...AGENTS).map((party) => ({ party })), weight: 3 },
  fc.constantFrom("provider", "broker", "orchestrator").map((role) => ({ role })),
);
const taxCode = maybe(fc.constant("reduced"));

/** The rules of one split: every kind, so put together that they sum. */
const rules: fc.Arbitrary<readonly Node[]> = fc.oneof(
  fc
    .array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 4 })
    .map((ratios) => [{ ratio: "1" }, ...ratios.map((ratio) => ({ ratio: String(ratio) }))]),
  fc
    .array(decimal(0, 24, 2), { minLength: 1, maxLength: 4 })
    .map((percents) => [...percents.map((percent) => ({ percent })), { remaining: true }]),
  fc.constantFrom(
    [{ fraction: "1/3" }, { fraction: "1/3" }, { fraction: "1/3" }],
    [{ fraction: "1/7" }, { fraction: "6/7" }],
    [{ percent: "50" }, { percent: "50" }],
    [{ percent: "33.3" }, { percent: "66.7" }, { percent: "0" }],
  ),
  fc
    .tuple(
      fc.array(
        fc.oneof(
          decimal(0, 20, 2).map((fixedAmount) => ({ fixedAmount })),
          decimal(0, 20, 2).map((maximumAmount) => ({ maximumAmount })),
          fc.record({ percent: decimal(0, 10, 1), maximumAmount: decimal(0, 8, 2) }),
        ),
        { minLength: 1, maxLength: 3 },
      ),
      maybe(fc.constant({ percent: "10" })),
      fc.constantFrom([{ remaining: true }], [{ ratio: "2" }, { ratio: "3" }], [{ percent: "60" }]),
    )
    .map(([bound, part, rest]) => [...bound, ...(part === undefined ? [] : [part]), ...rest]),
);

/** A split of any depth up to `depth`, with every remainder policy, a named party among them. */
export function split(depth: number): fc.Arbitrary<Node> {
  const nested = depth === 0 ? fc.constant(undefined) : maybe(split(depth - 1));
  return rules.chain((list) => {
    const shares = fc.tuple(
      ...list.map((rule) =>
        fc
          .tuple(selector, taxCode, nested)
          .map(([who, code, below]) => told({ ...rule, ...who, taxCode: code, split: below })),
      ),
    );
    return fc
      .tuple(
        shares,
        fc.constantFrom("first-listed", "largest-remainder", "largest-ratio-first", "named", undefined),
      )
      .map(([made, policy]) => {
        const { party, role } = made.at(-1) ?? {};
        const remainder = policy === "named" ? told({ party, role }) : policy;
        return told({ shares: made, remainder });
      });
  });
}

const recourseOf = (depth: number): fc.Arbitrary<readonly Node[]> => {
  const onward = depth === 0 ? fc.constant(undefined) : maybe(recourseOf(depth - 1));
  const one = (percent: string): fc.Arbitrary<Node> =>
    fc
      .tuple(
        fc.constantFrom({ role: "provider" }, { role: "supplier" }, { role: "broker" }, { party: "ada" }),
        maybe(decimal(0, 6, 2)),
        onward,
      )
      .map(([who, maximumAmount, recourse]) => told({ ...who, percent, maximumAmount, recourse }));
  return fc.oneof(
    one("100").map((all) => [all]),
    fc.tuple(one("33.3"), one("66.7")),
    fc.tuple(one("80"), one("12.5")),
  );
};

const credit = (begin: string, end: string): fc.Arbitrary<Node> =>
  fc.oneof(
    decimal(0, 40, 1).map((percent) => ({ above: begin, upTo: end, percent })),
    decimal(0, 30, 2).map((amount) => ({ above: begin, upTo: end, amount })),
  );

export const serviceLevel = (id: string): fc.Arbitrary<Node> =>
  fc.oneof(
    record({
      id: fc.constant(id),
      title: fc.constant(id),
      products: fc.constant(["thing"]),
      measure: fc.constant("delay"),
      target: fc.constant({ atMost: "5" }),
      credit: record({
        steps: fc.tuple(
          credit("5", "20"),
          decimal(10, 90, 1).map((percent) => ({ above: "20", percent })),
        ),
        maximumAmount: maybe(decimal(2, 30, 2)),
      }),
      recourse: maybe(recourseOf(2), 3),
    }),
    record({
      id: fc.constant(id),
      title: fc.constant(id),
      products: fc.constant(["thing", "other"]),
      measure: fc.constant("uptime"),
      target: fc.constant({ atLeast: "99.5" }),
      credit: fc.constant({
        steps: [
          { below: "99.5", downTo: "99", percent: "5" },
          { below: "99", percent: "25" },
        ],
      }),
      recourse: maybe(recourseOf(1)),
    }),
  );
