import { micromark } from "micromark";
import { gfmTable, gfmTableHtml } from "micromark-extension-gfm-table";
import { describe, expect, it } from "vitest";
import { codeBlock, codeSpan, markdownMessage, markdownText } from "../../specs/engine/markdown-text.ts";

const rendered = (markdown: string): string =>
  micromark(markdown, {
    allowDangerousHtml: true,
    allowDangerousProtocol: true,
    extensions: [gfmTable()],
    htmlExtensions: [gfmTableHtml()],
  });
/** As a reader sees it. */
const shown = (html: string): string =>
  html.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"').replaceAll("&amp;", "&");

const hostile = [
  "<img src=x onerror=alert(1)>",
  "[click](javascript:alert(1)) ![x](https://tracker.example/p.png)",
  "a | b | c",
  "*not bold* _nor this_ ~~nor that~~ # nor a heading",
  "back\\slash \\<b> `code`",
  "</details><script>alert(1)</script>",
];

describe("text in Markdown", () => {
  it.each(hostile)("%s is shown as it is", (text) => {
    expect(shown(rendered(`Of ${markdownText(text)}`))).toBe(`<p>Of ${text}</p>`);
    expect(shown(rendered(`| h |\n|---|\n| ${markdownText(text)} |`))).toContain(`<td>${text}</td>`);
  });

  it("stays on its line, and moves nothing in a terminal", () => {
    const text = `one\n\n## two\r\n\u001b[2Jthree\u202e`;
    expect(rendered(`Of ${markdownText(text)}`)).toBe("<p>Of one ## two [2Jthree</p>");
  });

  it("keeps the code spans of a message, and nothing else", () => {
    const html = rendered(markdownMessage("`GET /x|y` answered <b>500</b> for `<i>`."));
    expect(shown(html)).toBe("<p><code>GET /x|y</code> answered <b>500</b> for <code><i></code>.</p>");
    expect(html).toContain("&lt;b&gt;");
  });

  it("is code whatever backticks it holds", () => {
    for (const text of ["plain", "a `b` c", "``", "`"])
      expect(shown(rendered(codeSpan(text)))).toBe(`<p><code>${text}</code></p>`);
    expect(rendered(codeBlock("```\n<b>", "sh"))).toBe(
      '<pre><code class="language-sh">```\n&lt;b&gt;\n</code></pre>',
    );
  });
});
