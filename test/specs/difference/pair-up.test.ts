import { expect, it } from "vitest";
import { pairUp } from "../../../specs/engine/difference/pair-up.ts";

const first = ([letter = ""]: string): string => letter;
const last = (text: string): string => text.at(-1) ?? "";

it.each([
  { what: "nothing", old: [], now: [], pairs: [], gone: [], come: [] },
  {
    what: "what has the same key, in its order",
    old: ["a1", "a2", "b3"],
    now: ["b7", "a8", "a9"],
    pairs: ["a1 a8", "a2 a9", "b3 b7"],
    gone: [],
    come: [],
  },
  {
    what: "what is left over by the next key",
    old: ["a1", "b2"],
    now: ["c1", "b9"],
    pairs: ["b2 b9", "a1 c1"],
    gone: [],
    come: [],
  },
  { what: "each once", old: ["a1", "a1"], now: ["a1"], pairs: ["a1 a1"], gone: ["a1"], come: [] },
  { what: "no strangers", old: ["a1"], now: ["b2"], pairs: [], gone: ["a1"], come: ["b2"] },
])("pairs up $what", ({ old, now, pairs, gone, come }) => {
  const paired = pairUp<string>(old, now, [first, last]);
  expect({ ...paired, pairs: paired.pairs.map((pair) => pair.join(" ")) }).toEqual({ pairs, gone, come });
});
