import { oneLine } from "./names.ts";
import type { Auth, Body, CollectedRequest, Field } from "./types.ts";

/**
 * A request in which nothing but a variable's name stands between double braces, and what is a name or a line is one line.
 * Documents come from anybody, and the tools that open a collection run what they find: `{{$processEnv HOME}}`, a script
 * in `{{…}}`, a line `< file` that sends a file of the reader's.
 */
export function inertRequest(request: CollectedRequest): CollectedRequest {
  const { body } = request;
  return {
    ...request,
    title: line(request.title),
    url: line(request.url),
    query: request.query.map(inertField),
    headers: request.headers.map(inertField),
    auth: request.auth.map(inertAuth),
    ...(body === undefined ? {} : { body: inertBody(body) }),
  };
}

/** `{{name}}` is a variable, and every other pair of braces is taken apart. */
const inert = (text: string): string => text.replace(/\{(?=\{)(?!\{\w+\}\})/g, "{ ");

const line = (text: string): string => inert(oneLine(text));

const inertField = (field: Field): Field => ({ ...field, name: line(field.name), value: inert(field.value) });

const inertAuth = (auth: Auth): Auth => (auth.kind === "key" ? { ...auth, name: line(auth.name) } : auth);

function inertBody(body: Body): Body {
  const mediaType = line(body.mediaType);
  switch (body.kind) {
    case "text":
      return { ...body, mediaType, text: inert(body.text) };
    case "file":
      return { ...body, mediaType };
    case "form":
      return { ...body, mediaType, fields: body.fields.map(inertField) };
    case "multipart":
      return {
        ...body,
        mediaType,
        fields: body.fields.map(({ name, content }) => ({
          name: line(name),
          content: "text" in content ? { text: inert(content.text) } : content,
        })),
      };
    default:
      throw new TypeError(`${mediaType} is a body of no kind.`);
  }
}
