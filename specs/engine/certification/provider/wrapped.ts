import { isPlainObject, type PlainObject } from "../../catalog/pointer.ts";

/** The name under which a body holds the one thing that it is about: `order` of `{"order": {…}}`. */
export function wrapperOf(body: unknown): string | undefined {
  if (!isPlainObject(body)) return undefined;
  const [name, ...others] = Object.keys(body);
  return name !== undefined && others.length === 0 && isPlainObject(body[name]) ? name : undefined;
}

/** What a body is about: what it wraps, or itself. */
export function thingIn(body: unknown, wrapper = wrapperOf(body)): PlainObject | undefined {
  const thing = wrapper === undefined || !isPlainObject(body) ? body : body[wrapper];
  return isPlainObject(thing) ? thing : undefined;
}

/** The body with other members of the thing that it is about. */
export function withMembers(body: PlainObject, members: PlainObject, wrapper = wrapperOf(body)): PlainObject {
  if (wrapper === undefined) return { ...body, ...members };
  return { ...body, [wrapper]: { ...thingIn(body, wrapper), ...members } };
}
