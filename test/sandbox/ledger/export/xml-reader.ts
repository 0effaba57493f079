/** An element as it was read. */
export interface Read {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Read[];
  readonly text: string;
}

/** Reads XML strictly, as far as our files use it. Throws for anything that is not well-formed. */
export function readXml(xml: string): Read {
  const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n';
  if (!xml.startsWith(declaration)) throw new Error("no declaration");
  const rest = xml.slice(declaration.length);
  const tokens = rest.match(/<[^>]*>|[^<]+/g) ?? [];
  if (tokens.join("") !== rest) throw new Error("characters outside of any token");
  const root = { name: "", attributes: {}, children: [] as Read[], text: "" };
  const stack = [root];
  for (const token of tokens) {
    const top = stack.at(-1);
    if (top === undefined) throw new Error("closed too often");
    if (!token.startsWith("<")) top.text += unescaped(token);
    else if (token.startsWith("</")) {
      if (token !== `</${top.name}>`) throw new Error(`${token} closes ${top.name}`);
      stack.pop();
    } else {
      const open = /^<([A-Za-z][\w.]*)((?: [\w:]+="[^"<]*")*)>$/.exec(token);
      if (open === null) throw new Error(`not a tag: ${token}`);
      const attributes = [...(open[2] ?? "").matchAll(/ ([\w:]+)="([^"]*)"/g)];
      const child = {
        name: open[1] ?? "",
        attributes: Object.fromEntries(attributes.map(([, key, value]) => [key, unescaped(value ?? "")])),
        children: [] as Read[],
        text: "",
      };
      top.children.push(child);
      stack.push(child);
    }
  }
  const [only, ...more] = root.children;
  if (stack.length !== 1 || only === undefined || more.length > 0) throw new Error("not one element");
  return only;
}

/** All elements of a name, in document order. */
export function all(element: Read, name: string): Read[] {
  return element.children.flatMap((child) => [...(child.name === name ? [child] : []), ...all(child, name)]);
}

export const texts = (element: Read, name: string): string[] => all(element, name).map(({ text }) => text);

function unescaped(text: string): string {
  if (/&(?!(amp|lt|gt|quot|#39);)/.test(text)) throw new Error(`a bare ampersand in ${text}`);
  const named: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" };
  return text.replace(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => named[name] ?? "");
}
