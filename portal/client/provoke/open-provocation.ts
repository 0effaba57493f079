import { html } from "../../lib/html.ts";
import type { Provocation } from "../../lib/provoke/provocation.ts";
import { Stage, type StageAnswer } from "../../lib/provoke/stage.ts";
import { addCopyButtons } from "../copy.ts";
import { passingSandbox } from "../sandbox/page-sandbox.ts";
import { ORIGIN } from "../sandbox/send.ts";
import { answerHtml } from "../try/answer-html.ts";
import { curlOf, httpOf } from "../try/request.ts";

/** The answer that the page's error really is, from a sandbox of its own. */
export async function openProvocation(): Promise<HTMLElement> {
  const address = new URL("provoke.json", location.href).pathname;
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address} answers ${answer.status}`);
  const provocation = (await answer.json()) as Provocation;
  const place = document.createElement("div");
  place.className = "answered";
  place.innerHTML = await provoked(provocation);
  addCopyButtons(place);
  return place;
}

async function provoked(provocation: Provocation): Promise<string> {
  const stage = await Stage.open(passingSandbox, provocation);
  let last: StageAnswer | undefined;
  let tookMs = 0;
  try {
    for (const step of provocation.steps) {
      const startedAt = performance.now();
      last = (await stage.play(step)) ?? last;
      tookMs = Math.max(1, Math.round(performance.now() - startedAt));
    }
  } finally {
    await stage.sandbox.close();
  }
  if (last === undefined) throw new Error("nothing was sent");
  const { request, status, headers, text, code } = last;
  const shown = answerHtml({
    curl: curlOf(request, ORIGIN),
    http: httpOf(request, ORIGIN),
    status,
    headers,
    text,
    ...(code === undefined ? {} : { code }),
    events: [],
    tookMs,
  });
  // It came out so when the portal was built: a page that says otherwise shows a fault, and doesn't hide it.
  const other =
    code === provocation.code
      ? ""
      : html`<p class="note">This is another error than the page is about.</p>`.html;
  return other + shown.html;
}
