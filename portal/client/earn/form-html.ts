import { type EarningRole, type EarnModel, LATE, MONTHS, type Service } from "../../lib/earn/model.ts";
import { html, type SafeHtml } from "../../lib/html.ts";
import { nameOf } from "../../lib/split-bar.ts";
import { wordsOf } from "../../lib/words.ts";

export const MOST_DELIVERIES = 5000;
const SPANS = [1, MONTHS, 6, 12] as const;

/** The fields that say what somebody expects; those of the services follow the role. */
export function formHtml({ roles, scenario }: EarnModel, role: string): SafeHtml {
  const options = roles.map(
    ({ id, title }) =>
      html`<option value="${id}"${id === role ? { html: " selected" } : ""}>${title}</option>`,
  );
  const spans = SPANS.map(
    (months) =>
      html`<option value="${months}"${months === MONTHS ? { html: " selected" } : ""}>${months === 1 ? "1 month" : `${months} months`}</option>`,
  );
  return html`<label>Your role<select name="role">${options}</select></label>
<label>Late, in %<input name="late" type="number" min="0" max="100" step="any" inputmode="decimal" required value="${LATE * 100}"></label>
<label>First month<input name="start" type="month" pattern="[0-9]{4}-(0[1-9]|1[0-2])" required value="${scenario.start}"></label>
<label>For<select name="months">${spans}</select></label>
<fieldset class="services"></fieldset>`;
}

/** A row for each service of a role: whether it is chosen, in whose place, and how much of it. */
export function servicesHtml(
  { services }: EarningRole,
  { names }: EarnModel,
  isChosen: (service: Service) => boolean,
): SafeHtml {
  const rows = services.map((service) => {
    const { product, title, places, volume } = service;
    const standing = places.map(({ party, position, isOpen }) => ({
      party,
      words: `${nameOf(party, names)}${position === undefined ? "" : `, as ${wordsOf(position)}`}${isOpen ? " (open)" : ""}`,
    }));
    const [only] = standing;
    const place =
      standing.length === 1
        ? html`<span class="stands">in the place of ${only?.words ?? ""}<input type="hidden" name="party.${product}" value="${only?.party ?? ""}"></span>`
        : html`<select name="party.${product}" aria-label="${title}: in the place of">${standing.map(({ party, words }) => html`<option value="${party}">${words}</option>`)}</select>`;
    return html`<div class="service"><label><input type="checkbox" name="service" value="${product}"${isChosen(service) ? { html: " checked" } : ""}>${title}</label>${place}<input name="volume.${product}" type="number" min="0" max="${MOST_DELIVERIES}" step="1" required inputmode="numeric" value="${volume}" aria-label="${title}: deliveries a month"></div>`;
  });
  return html`<legend>Services, and deliveries a month of each</legend>${rows}`;
}
