/** Every way in which a JSON value can be changed in one place. */
export interface Lie {
  readonly what: string;
  readonly trace: unknown;
}

type Place = (string | number)[];

/** Each leaf told differently in several ways, each member and element left out, told twice, or told in another's place. */
export function* liesAbout(trace: unknown): Generator<Lie> {
  for (const [place, value] of placesIn(trace)) {
    const at = `/${place.join("/")}`;
    for (const told of otherwise(value))
      yield { what: `${at} = ${JSON.stringify(told)}`, trace: put(trace, place, told) };
    if (place.length === 0) continue;
    yield { what: `${at} left out`, trace: without(trace, place) };
    if (typeof place.at(-1) === "number") {
      yield { what: `${at} twice`, trace: twice(trace, place) };
      const moved = swapped(trace, place);
      // Two of a kind may change places, and first there is nobody to change with.
      if (JSON.stringify(moved) !== JSON.stringify(trace))
        yield { what: `${at} before the one ahead of it`, trace: moved };
    }
    if (isNode(value)) yield { what: `${at} says more`, trace: put(trace, place, { ...value, more: "1" }) };
  }
}

const isNode = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function placesIn(value: unknown, place: Place = []): [Place, unknown][] {
  if (typeof value !== "object" || value === null) return [[place, value]];
  const entries: [string | number, unknown][] = Array.isArray(value)
    ? value.map((member, i) => [i, member])
    : Object.entries(value);
  return [[place, value], ...entries.flatMap(([key, member]) => placesIn(member, [...place, key]))];
}

function otherwise(value: unknown): unknown[] {
  if (typeof value === "number")
    return [value + 1, value - 1, value + 100, value === 0 ? 7 : -value, `${value}0`, null];
  if (typeof value === "boolean") return [!value, String(value), null];
  if (value === null) return ["1", 0];
  if (typeof value !== "string") return Array.isArray(value) ? [[], null] : [null];
  return [...near(value), ...(value === "" ? ["x"] : ["", `${value}x`, null])];
}

/** What looks right at a glance: a number one off, a time an hour later, a digest with one digit turned. */
function near(text: string): unknown[] {
  const digit = text.search(/\d(?!.*\d)/);
  const turned = text.replace(/\d(?!.*\d)/, (last) => String((Number(last) + 1) % 10));
  const number = /^-?\d+(\.\d+)?$/.test(text) ? [String(Number(text) + 1), `-${text}1`, `${text}1`] : [];
  const time = /T\d\d:/.test(text)
    ? [text.replace(/T(\d\d)/, (_, hour) => `T${String((Number(hour) + 1) % 24).padStart(2, "0")}`)]
    : [];
  return [...(digit < 0 ? [] : [turned]), ...number, ...time];
}

type Holder = Record<string, unknown> | unknown[];

/** A copy in which the node that holds the place is another; what lies beside the way is shared, not copied. */
function edited(
  trace: unknown,
  [key, ...deeper]: Place,
  change: (holder: Holder, key: string | number) => void,
): unknown {
  const copy: Holder = Array.isArray(trace) ? [...trace] : { ...(trace as Record<string, unknown>) };
  if (key === undefined) return copy;
  if (deeper.length === 0) change(copy, key);
  else Object.assign(copy, { [key]: edited((trace as Record<string, unknown>)[key], deeper, change) });
  return copy;
}

function put(trace: unknown, place: Place, value: unknown): unknown {
  if (place.length === 0) return value;
  return edited(trace, place, (holder, key) => void Object.assign(holder, { [key]: value }));
}

function without(trace: unknown, place: Place): unknown {
  return edited(trace, place, (holder, key) => {
    if (Array.isArray(holder)) holder.splice(Number(key), 1);
    else delete holder[key];
  });
}

function twice(trace: unknown, place: Place): unknown {
  return edited(trace, place, (holder, key) => {
    if (Array.isArray(holder)) holder.splice(Number(key), 0, holder[Number(key)]);
  });
}

function swapped(trace: unknown, place: Place): unknown {
  return edited(trace, place, (holder, key) => {
    const at = Number(key);
    if (Array.isArray(holder) && at > 0) [holder[at - 1], holder[at]] = [holder[at], holder[at - 1]];
  });
}
