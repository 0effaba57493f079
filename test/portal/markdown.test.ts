import fc from "fast-check";
import { parseFragment } from "parse5";
import { describe, expect, it } from "vitest";
import { html } from "../../portal/lib/html.ts";
import {
  firstSentence,
  placesIn,
  plainText,
  renderInline,
  renderMarkdown,
} from "../../portal/lib/markdown.ts";
import { escapeMarkup } from "../../specs/engine/certification/report/escape-markup.ts";
import { type Element, elementsOf } from "./built-portal.ts";

const HARMLESS = new Set(
  "p a em strong code pre ul ol li blockquote h1 h2 h3 h4 h5 h6 hr br div table thead tbody tr th td".split(
    " ",
  ),
);
const ATTRIBUTES = new Set("href title class start align tabindex role aria-label".split(" "));

function dangers(markup: string): readonly string[] {
  return elementsOf(parseFragment(markup)).flatMap((element: Element) => [
    ...(HARMLESS.has(element.tagName) ? [] : [element.tagName]),
    ...element.attrs.filter((one) => !ATTRIBUTES.has(one.name)).map((one) => one.name),
    ...element.attrs
      .filter((one) => one.name === "href" && /^\s*(javascript|data|vbscript|file):/iu.test(one.value))
      .map((one) => one.value),
  ]);
}

describe("renderMarkdown", () => {
  it.each([
    ["shows raw HTML as text", "<script>alert(1)</script>", "&lt;script&gt;"],
    ["keeps a harmless link", "[a](https://example.com)", 'href="https://example.com"'],
    ["keeps the words alone of a link that would run", "[a](javascript:alert(1))", "<p>a</p>"],
    [
      "reads the tags of plain text",
      "<p>One <b>two</b></p><p>three</p>",
      "<p>One <strong>two</strong></p>\n<p>three</p>",
    ],
    ["reads a list of tags", "<ul><li>one</li><li>two</li></ul>", "<li>one</li>\n<li>two</li>"],
    [
      "reads a link of tags",
      '<a href="https://example.com/a_b" target="x">a</a>',
      '<a href="https://example.com/a_b">a</a>',
    ],
    ["keeps the words alone of a link into the API's own site", '<a href="/docs/x">a</a> b', "<p>a b</p>"],
    ["reads code of tags", "<code>a_b_c</code>", "<code>a_b_c</code>"],
    ["shows tags within code as they are", "`<p>` and <p>", "<code>&lt;p&gt;</code>"],
    ["puts headings below the page's own", "# One\n\n## Two", "<h3>One</h3>\n<h4>Two</h4>"],
    ["makes a wide table scrollable by keyboard", "| a |\n|---|\n| 1 |", 'tabindex="0" role="region"'],
  ])("%s", (_, source, want) => {
    expect(renderMarkdown(source)).toContain(want);
  });

  it.each([
    ["a path of the API's own site", "[a](/docs/x) b", "<p>a b</p>"],
    ["a file beside the document", "[a *b*](x.md#y)", "<p>a <em>b</em></p>"],
    ["a place of another page", "[a][1]\n\n[1]: #tag/x", "<p>a</p>\n"],
  ])("keeps the words alone of a link to %s", (_, source, want) => {
    expect(renderMarkdown(source)).toBe(want);
  });

  it("asks where a link leads that leads nowhere by itself", () => {
    const link = (target: string): string | undefined => (target === "#tag/x" ? "/api/x/" : undefined);
    expect(renderMarkdown("[a](#tag/x), [b](#tag/y)", { link })).toBe('<p><a href="/api/x/">a</a>, b</p>');
  });

  it("shows as it stands what would keep the renderer busy, or make a table of millions of cells", () => {
    for (const [text, start] of [
      ["*a ".repeat(3000) + "b* ".repeat(3000), "<p>*a *a"],
      ["1. ".repeat(8000), "<p>1. 1."],
      ["> ".repeat(8000), "<p>&gt; &gt;"],
      [`${"|a".repeat(600)}\n${"|-".repeat(600)}\n${"|\n".repeat(700)}`, "<p>|a|a"],
    ] as const)
      expect(renderMarkdown(text).slice(0, start.length)).toBe(start);
    // Long texts of people hold few marks.
    const long = "Some **words** of `code`, [a link](https://example.com) and more of it.\n\n".repeat(200);
    expect(renderMarkdown(long).split("<strong>")).toHaveLength(201);
  });

  it("leaves out control characters, which no page may hold", () => {
    expect(renderMarkdown("a\u0000b\u001fc\td\u0080")).toBe("<p>abc\td</p>");
  });

  it("makes each heading a place of its own, which a list of contents finds", () => {
    const html = renderMarkdown("## A `b` & c\n\n## A `b` & c\n\n### Deeper", {
      topHeading: 1,
      places: true,
    });
    expect(placesIn(html, 2)).toEqual([
      { title: "A b & c", href: "#a-b-c" },
      { title: "A b & c", href: "#a-b-c-2" },
    ]);
    expect(placesIn(html, 3)).toEqual([{ title: "Deeper", href: "#deeper" }]);
  });

  it("fetches no image", () => {
    expect(renderMarkdown("![x](https://elsewhere.example/p.png)")).not.toContain("<img");
  });

  it("lets nothing through that could act, whatever the text", () => {
    const piece = fc.constantFrom(
      "<",
      ">",
      '"',
      "'",
      "`",
      "[",
      "](",
      ")",
      "!",
      "javascript:",
      '<a href="',
      '">',
      "</a>",
      "<code>",
      "<li>",
      "<img src=x onerror=1>",
      "<svg onload=1>",
      "\n",
      "|",
      "-",
      "#",
      "&",
      "&#x6a;",
      "a",
      " ",
      "\\",
      "data:text/html,",
      "<!--",
      "]]>",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        expect(dangers(renderMarkdown(pieces.join("")))).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });
});

describe("texts for lists and heads", () => {
  it.each([
    ["A `code` and **more**. And then.", "A code and more."],
    ["Costs 3.80 a case. More.", "Costs 3.80 a case."],
    ["No stop", "No stop"],
    ["First paragraph.\n\nSecond.", "First paragraph."],
  ])("takes the first sentence of %j", (source, want) => {
    expect(firstSentence(source)).toBe(want);
  });

  it("takes marks away and keeps the words of links", () => {
    expect(plainText("# See [the page](https://example.com)\n`now`")).toBe("See the page now");
  });

  it("renders a paragraph without its frame", () => {
    expect(renderInline("One `two`.\n\nThree.")).toBe("One <code>two</code>.");
  });
});

describe("the html tag", () => {
  it("escapes what is put in, and nothing that it made itself", () => {
    expect(html`<b>${`<i title="x">'&`}</b>${html`<hr>`}${[html`<br>`]}${3}`.html).toBe(
      "<b>&lt;i title=&quot;x&quot;&gt;&#39;&amp;</b><hr><br>3",
    );
  });

  it("leaves no character that could end an attribute or begin an element", () => {
    fc.assert(fc.property(fc.string(), (text) => !/[<>"']/u.test(escapeMarkup(text))));
  });
});
