import { createRandom } from "../certification/random.ts";
import { type HttpDialect, httpText } from "./http-text.ts";
import { oneLine, uniqueNames } from "./names.ts";
import type { AnswerPlace, Collection } from "./types.ts";

/**
 * The collection as a `.http` file for VS Code's REST Client: one request after the other with `###` between. A value
 * of an answer reaches later requests by a reference to the request, which each capture gives a name of its own: of two
 * lines that define one name the last would count for the whole file.
 */
export function httpFile(collection: Collection): string {
  return httpText(collection, restClient(collection));
}

function restClient({ variables, secrets, requests }: Collection): HttpDialect {
  const unique = uniqueNames();
  for (const name of ["baseUrl", "run", ...secrets, ...variables.map((one) => one.name)]) unique(name);
  const current = new Map<string, string>();
  const usedBefore = new Set<string>();
  const named = (text: string): string =>
    text.replace(/\{\{(\w+)\}\}/g, (whole, name: string) => {
      const known = current.get(name);
      if (known === undefined) usedBefore.add(name);
      return known === undefined ? whole : `{{${known}}}`;
    });
  return {
    head: requests.some(({ freshKey }) => freshKey !== undefined)
      ? [
          "# Another number for another run: idempotency keys are made of it, and no key is used twice.",
          "@run = 000000000001",
        ]
      : [],
    secretsPlace:
      "in VS Code under `rest-client.environmentVariables` of the user's settings, which stays out of version control.",
    freshKey: ({ id }) => `${createRandom(id).uuid().slice(0, 24)}{{run}}`,
    request: named,
    after: ({ id, captures }) => {
      const lines = captures.map((capture) => {
        const { variable } = capture;
        const first = !current.has(variable) && !usedBefore.has(variable);
        const name = first ? variable : unique(variable);
        current.set(variable, name);
        return `@${name} = {{${id}.response.${answerPlace(capture)}}}`;
      });
      return lines.length === 0 ? "" : `\n\n###\n${lines.join("\n")}`;
    },
    isVariable: (name) => usedBefore.has(name),
  };
}

/** `body.$.items[0].id`, or `headers.Location`; of a key in an answer, nothing that could end the expression. */
const answerPlace = (place: AnswerPlace): string =>
  "header" in place
    ? `headers.${place.header}`
    : place.path.reduce<string>(
        (soFar, key) =>
          typeof key === "number"
            ? `${soFar}[${key}]`
            : /^\w+$/.test(key)
              ? `${soFar}.${key}`
              : `${soFar}['${oneLine(key).replace(/['{}\\]/g, "")}']`,
        "body.$",
      );
