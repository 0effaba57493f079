import { isPlainObject, pointerOf, pointerTokens } from "../../specs/engine/catalog/pointer.ts";
import type { Catalog, SchemaRef } from "../../specs/engine/catalog/types.ts";
import {
  type FlatSchema,
  openSchema,
  propertiesOf,
} from "../../specs/engine/certification/generate/schema.ts";
import type { DecisionContext, FieldProblem } from "../capabilities/capability.ts";
import { giveTurn } from "../values/pages.ts";
import { type BodyText, lengthOf, wholeText } from "./body-text.ts";
import { sendable, wantedAmong } from "./negotiate.ts";
import {
  type AnyAnswer,
  type AskedFor,
  type Prepared,
  prepareAnswer,
  refuseInvalid,
  resultFor,
  successOf,
} from "./prepare.ts";

/** What stands in the long lists of an answer, by their names. */
type Lists = Readonly<Record<string, AsyncIterable<unknown>>>;

/** Throws where a body of one page breaks its schema; `inWhole` names the place of a problem in the whole list. */
type PageCheck = (body: unknown, inWhole: (problem: FieldProblem) => FieldProblem) => void;

/** So many items are shaped, checked and written at once. */
const PAGE = 100;
/** More characters than this aren't put together to one text. */
const LONG = 64 * 1024;

/**
 * Prepares an answer with lists of any length, page by page. Where its schema says something of such a list as a whole,
 * or the answer is laid out in another way or written in another type than JSON, it is made whole first.
 */
export async function prepareLong(
  asked: AskedFor,
  answer: AnyAnswer,
  lists: Lists,
  context: DecisionContext,
): Promise<Prepared> {
  const { plan, accept } = asked;
  const planned = successOf(plan, answer.status);
  const { mediaType = "", spec, fixed } = planned;
  const isJson = sendable(wantedAmong(accept, mediaType, spec)) === "application/json";
  const isAsItIs = Object.keys(plan.operation.capability?.response ?? {}).length === 0;
  const schema = spec.content[mediaType]?.schema;
  const takesPages = schema === undefined || saysOnlyItems(context.catalog, schema, Object.keys(lists));
  if (!isJson || !isAsItIs || !takesPages)
    return prepareAnswer(asked, await withoutPages(answer, lists), context);
  // Made of empty lists, it is an answer like any other.
  const frame = prepareAnswer(asked, answer, context);
  const shape = (result: unknown): unknown => resultFor(plan, { ...answer, result }, context, fixed);
  const check: PageCheck = (body, inWhole) => {
    const violations = planned.check(body);
    if (violations.length > 0) refuseInvalid(violations.map(inWhole), planned, plan);
  };
  return { ...frame, body: await writePages(answer.result, lists, shape, check) };
}

/** What may be said of a list beside its items without a look at all of them. */
const OF_A_LIST = new Set(["type", "items", "title", "description", "example", "examples"]);
/** What may be said of an object beside that of its members one by one. */
const OF_AN_OBJECT = new Set([
  ...["type", "properties", "required", "additionalProperties", "minProperties", "maxProperties"],
  ...["title", "description", "example", "examples"],
]);

/** Whether the members of these names are lists of which a schema says what each item is, and nothing else. */
function saysOnlyItems(catalog: Catalog, ref: SchemaRef, names: readonly string[]): boolean {
  const { schema, reader } = openSchema(catalog, ref);
  const root = reader.flat(schema);
  const says = (flat: FlatSchema, known: ReadonlySet<string>): boolean =>
    Object.keys(flat).every((keyword) => known.has(keyword) || keyword.startsWith("x-"));
  return (
    says(root, OF_AN_OBJECT) &&
    names.every((name) => says(reader.flat(propertiesOf(root)[name] ?? {}), OF_A_LIST))
  );
}

/** The answer with its lists filled: whole, in memory. */
async function withoutPages<T extends { readonly result: unknown }>(answer: T, lists: Lists): Promise<T> {
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
async function writePages(
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
      const first = written;
      check(body, (problem) => ({ ...problem, pointer: furtherDown(problem.pointer, name, first) }));
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
