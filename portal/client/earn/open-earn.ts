import type { EarnModel } from "../../lib/earn/model.ts";
import { url } from "../../lib/url.ts";
import { fetchJson, loadRating } from "../load-rating.ts";
import { EarnPanel } from "./earn-panel.ts";

/** The form for one's own figures, with what its first choice comes to. */
export async function openEarn(): Promise<HTMLElement> {
  const [model, terms] = await Promise.all([
    fetchJson<EarnModel>(url("/earn/model.json")),
    loadRating(url("/rate-cards/documents.json")),
  ]);
  const panel = new EarnPanel(model, terms, new URLSearchParams(location.search));
  document.querySelector("[data-example]")?.remove();
  return panel.element;
}
