import { resolvePointer } from "../catalog/pointer.ts";
import { createRandom, type Random } from "../certification/random.ts";
import { jsonOrText } from "../parse-json.ts";
import { CLEAN_UP } from "./order.ts";
import type { AnswerPlace, Auth, Body, CollectedRequest, Collection, Field } from "./types.ts";

/** A request that was not answered as a reader expects it. */
export interface Refusal {
  readonly request: string;
  readonly status: number;
  /** What the answer said, for a reader. */
  readonly reason: string;
}

export type Trial =
  | { readonly kind: "tried"; readonly collection: Collection; readonly refused: readonly Refusal[] }
  /** A token was refused, or is issued elsewhere: nothing else would be answered. */
  | { readonly kind: "not-signed-in"; readonly reason: string };

/** The folder of what wants something that no request before brings about. */
const PREPARED = "Wants preparing";

/**
 * Sends the requests from top to bottom, as the tools will. What is refused goes to a folder of its own, with what was
 * answered and no test, so that the rest goes through. What sends a file is not judged.
 *
 * @param secrets by the names of the variables that a reader fills in
 * @param send answers a request to the collection's base URL
 */
export async function tryOut(
  collection: Collection,
  secrets: Readonly<Record<string, string>>,
  send: (request: Request) => Promise<Response>,
): Promise<Trial> {
  const values = new Map([
    ["baseUrl", collection.baseUrl],
    ...collection.variables.map(({ name, value }): [string, string] => [name, value]),
    ...Object.entries(secrets),
  ]);
  const random = createRandom(collection.title);
  const refused = new Map<CollectedRequest, Refusal>();
  for (const request of collection.requests) {
    const isSignIn = request.operation === undefined;
    if (!request.url.startsWith("/") && isSignIn)
      return { kind: "not-signed-in", reason: `${request.url} is not of the spec set` };
    const answer = await answerTo(request, values, random, send);
    const isExpected = request.expected?.includes(answer.status) ?? isSuccess(answer.status);
    if (!isExpected && isSignIn) return { kind: "not-signed-in", reason: reasonOf(answer) };
    if (!isExpected && request.expected === undefined && !sendsFile(request))
      refused.set(request, { request: request.title, status: answer.status, reason: reasonOf(answer) });
    keep(request, answer, values);
  }
  return { kind: "tried", collection: sorted(collection, refused), refused: [...refused.values()] };
}

function sorted(collection: Collection, refused: ReadonlyMap<CollectedRequest, Refusal>): Collection {
  const going = collection.requests.filter((one) => !refused.has(one));
  const preparing = [...refused].map(
    ([request, { status, reason }]): CollectedRequest => ({
      ...request,
      folder: PREPARED,
      description: [`A fresh sandbox answered ${status}: ${reason}`, request.description]
        .filter((one) => one !== "")
        .join("\n\n"),
      expected: [],
    }),
  );
  const requests = [
    ...going.filter(({ folder }) => folder !== CLEAN_UP),
    ...preparing,
    ...going.filter(({ folder }) => folder === CLEAN_UP),
  ];
  return { ...collection, requests };
}

const isSuccess = (status: number): boolean => status >= 200 && status < 300;

const sendsFile = ({ body }: CollectedRequest): boolean =>
  body?.kind === "file" ||
  (body?.kind === "multipart" && body.fields.some(({ content }) => "file" in content));

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

async function answerTo(
  request: CollectedRequest,
  values: ReadonlyMap<string, string>,
  random: Random,
  send: (request: Request) => Promise<Response>,
): Promise<Answer> {
  const fill = (text: string): string =>
    text.replace(/\{\{(\w+)\}\}/g, (whole, name: string) => values.get(name) ?? whole);
  const { method, url, body, freshKey, auth } = request;
  const search = [...request.query.filter(isSent), ...auth.flatMap((one) => keyIn(one, "query"))]
    .map(({ name, value }) => `${name}=${value}`)
    .join("&");
  const headers = [
    ...request.headers.filter(isSent),
    ...auth.flatMap(authHeader),
    ...(freshKey === undefined ? [] : [{ name: freshKey, value: random.uuid() }]),
    ...(body === undefined || body.kind === "multipart"
      ? []
      : [{ name: "Content-Type", value: body.mediaType }]),
  ].map(({ name, value }): [string, string] => [name, fill(value)]);
  const address = fill(`{{baseUrl}}${url}${search === "" ? "" : `?${search}`}`);
  const content = body === undefined ? {} : { body: contentOf(body, fill) };
  const response = await send(new Request(address, { method, headers, ...content }));
  return { status: response.status, headers: response.headers, body: jsonOrText(await response.text()) };
}

const isSent = ({ optional }: Field): boolean => optional !== true;

const keyIn = (auth: Auth, place: "header" | "query" | "cookie"): Field[] =>
  auth.kind === "key" && auth.in === place ? [{ name: auth.name, value: `{{${auth.variable}}}` }] : [];

function authHeader(auth: Auth): Field[] {
  if (auth.kind === "bearer") return [{ name: "Authorization", value: `Bearer {{${auth.variable}}}` }];
  // Whoever checks a password checks one that the reader fills in.
  if (auth.kind === "basic") return [{ name: "Authorization", value: `Basic ${btoa("name:password")}` }];
  const cookies = keyIn(auth, "cookie").map(({ name, value }) => ({
    name: "Cookie",
    value: `${name}=${value}`,
  }));
  return [...keyIn(auth, "header"), ...cookies];
}

function contentOf(body: Body, fill: (text: string) => string): BodyInit {
  if (body.kind === "text") return fill(body.text);
  if (body.kind === "file") return "file";
  if (body.kind === "form")
    return new URLSearchParams(body.fields.map(({ name, value }) => [name, fill(value)])).toString();
  const form = new FormData();
  for (const { name, content } of body.fields)
    if ("file" in content) form.append(name, new Blob(["file"]), content.file);
    else form.append(name, fill(content.text));
  return form;
}

function keep({ captures }: CollectedRequest, answer: Answer, values: Map<string, string>): void {
  if (!isSuccess(answer.status)) return;
  for (const capture of captures) {
    const value = valueAt(capture, answer);
    if (value === undefined || value === null) continue;
    values.set(capture.variable, typeof value === "object" ? JSON.stringify(value) : String(value));
  }
}

const valueAt = (place: AnswerPlace, { headers, body }: Answer): unknown =>
  "header" in place
    ? headers.get(place.header)
    : resolvePointer(
        body,
        place.path.map((key) => `/${String(key).replaceAll("~", "~0").replaceAll("/", "~1")}`).join(""),
      );

/** The detail of a problem; what else was said isn't known to be for readers. */
function reasonOf({ body }: Answer): string {
  const detail = resolvePointer(body, "/detail") ?? resolvePointer(body, "/title");
  return typeof detail === "string" ? detail : "it was refused";
}
