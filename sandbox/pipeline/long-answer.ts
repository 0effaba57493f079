import { isPlainObject, pointerOf, pointerTokens } from "../../specs/engine/catalog/pointer.ts";
import type { FieldProblem } from "../capabilities/capability.ts";
import { giveTurn } from "../values/pages.ts";

import { type BodyText, lengthOf, wholeText } from "./body-text.ts";

/** What stands in the long lists of an answer, by their names. */
export type Lists = Readonly<Record<string, AsyncIterable<unknown>>>;

/** Throws where a body of one page breaks its schema; `inWhole` names the place of a problem in the whole list. */
export type PageCheck = (body: unknown, inWhole: (problem: FieldProblem) => FieldProblem) => void;

/** So many items are shaped, checked and written at once. */
const PAGE = 100;
/** More characters than this aren't put together to one text. */
const LONG = 64 * 1024;

/** The answer with its lists filled: whole, in memory. */
export async function withoutPages<T extends { readonly result: unknown }>(
  answer: T,
  lists: Lists,
): Promise<T> {
  const filled: Record<string, unknown> = { ...membersOf(answer.result) };
  for (const [name, items] of Object.entries(lists))
    if (name in filled) filled[name] = await Array.fromAsync(items);
  return { ...answer, result: filled };
}

/**
 * The text of an answer whose lists are read page by page: what `JSON.stringify` would make of the whole. No more than one
 * page is held as objects.
 *
 * @param result with an empty list in the place of each of them
 * @param shape makes a body of a result
 */
export async function writePages(
  result: unknown,
  lists: Lists,
  shape: (result: unknown) => unknown,
  check: PageCheck,
): Promise<BodyText> {
  const pieces: string[] = [];
  let text = "";
  let before = "{";
  for (const [name, value] of Object.entries(membersOf(shape(result)))) {
    if (value === undefined) continue;
    text += `${before}${JSON.stringify(name)}:`;
    before = ",";
    const items = lists[name];
    if (items === undefined) {
      text += JSON.stringify(value);
      continue;
    }
    pieces.push(`${text}[`);
    text = "";
    let written = 0;
    for await (const page of pagesOf(items)) {
      // A page is checked as the only one that there is.
      const body = membersOf(shape({ ...membersOf(result), [name]: page }));
      const before = written;
      check(body, (problem) => ({ ...problem, pointer: furtherDown(problem.pointer, name, before) }));
      pieces.push(`${written === 0 ? "" : ","}${JSON.stringify(body[name]).slice(1, -1)}`);
      written += page.length;
      await giveTurn();
    }
    text = "]";
  }
  pieces.push(`${text}}`);
  return lengthOf(pieces) > LONG ? pieces : wholeText(pieces);
}

const membersOf = (value: unknown): Readonly<Record<string, unknown>> => (isPlainObject(value) ? value : {});

function furtherDown(pointer: string, list: string, items: number): string {
  const [name, index, ...inner] = pointerTokens(pointer);
  return name === list && index !== undefined ? pointerOf(name, Number(index) + items, ...inner) : pointer;
}

async function* pagesOf(items: AsyncIterable<unknown>): AsyncGenerator<readonly unknown[]> {
  let page: unknown[] = [];
  for await (const item of items) {
    if (page.push(item) < PAGE) continue;
    yield page;
    page = [];
  }
  if (page.length > 0) yield page;
}
