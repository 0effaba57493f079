import type { Fields } from "../http/api-client.ts";
import { counted } from "../output/counted.ts";
import type { Output } from "../output/output.ts";
import { sanitizeLine } from "../output/sanitize.ts";
import type { Column } from "../output/table.ts";
import { column, describeFields, listAt, objectAt, textAt, valueAt } from "./fields.ts";

export const changeColumns: readonly Column<Fields>[] = [
  column("Id", "id"),
  column("Title", "title"),
  column("Level", "level"),
  column("Status", "status"),
  column("Affects", "affectedCount"),
  column("Objections", "objectionCount"),
  column("Objections until", "objectionsUntil"),
  column("Effective", "effectiveAt"),
];

/** A change of the specs: how it stands, what it changes, whom it affects, what speaks against it and what is said. */
export function presentChange(change: Fields, out: Output): void {
  out.data(
    describeFields(change, [
      ["Change", "id"],
      ["Title", "title"],
      ["Why", "summary"],
      ["Status", "status"],
      ["Reason", "reason"],
      ["Level", "level"],
      ["Objections until", "objectionsUntil"],
      ["Effective", "effectiveAt"],
      ["From", "from"],
      ["To", "to"],
    ]),
  );
  section(
    "Changes",
    listAt(change, "changes"),
    out,
    (one) => `${textAt(one, "message")} (${textAt(one, "level")})`,
  );
  named("Journeys", change, "journeys", out);
  named("Checks", change, "checks", out);
  const affected = listAt(change, "affected");
  section("Affected", affected, out, effectInWords);
  const own = objectAt(change, "affectsYou");
  if (affected.length === 0 && textAt(own, "party") !== "") section("Affects you", [own], out, effectInWords);
  section("Objections", listAt(change, "objections"), out, (one) => {
    const answer = textAt(one, "answer");
    const answered = answer === "" ? "not answered" : `answered: ${answer}`;
    return `${textAt(one, "id")} of ${textAt(one, "party")}: ${textAt(one, "reason")} (${answered})`;
  });
  const comments = listAt(change, "comments");
  if (comments.length > 0) out.data("");
  for (const comment of comments)
    out.data(sanitizeLine(`${textAt(comment, "party")}: ${textAt(comment, "text")}`));
}

/** How many of a list are shown. */
const SHOWN = 20;

function section(
  title: string,
  items: readonly Fields[],
  out: Output,
  words: (item: Fields) => string,
): void {
  if (items.length === 0) return;
  out.data("");
  out.data(out.style("bold", title));
  for (const item of items.slice(0, SHOWN)) out.data(`  ${sanitizeLine(words(item))}`);
  if (items.length > SHOWN) out.data(`  and ${counted(items.length - SHOWN, "other")}: --json shows them`);
}

function named(title: string, change: Fields, path: string, out: Output): void {
  const names = valueAt(change, path);
  if (!Array.isArray(names) || names.length === 0) return;
  section(
    title,
    names.map((name) => ({ name })),
    out,
    (one) => textAt(one, "name"),
  );
}

const REASONS_SHOWN = 3;

/** `blueline, breaking: operation submitDelivery (may-call) and 2 more` */
function effectInWords(effect: Fields): string {
  const because = listAt(effect, "because");
  const shown = because
    .slice(0, REASONS_SHOWN)
    .map((one) => `${textAt(one, "kind")} ${textAt(one, "id")} (${textAt(one, "how")})`);
  const more = Number(valueAt(effect, "reasons") ?? 0) - shown.length;
  const checks = valueAt(effect, "checks");
  const again =
    Array.isArray(checks) && checks.length > 0 ? `; ${counted(checks.length, "check")} to pass again` : "";
  return `${textAt(effect, "party")}, ${textAt(effect, "level")}: ${shown.join(", ")}${more > 0 ? ` and ${more} more` : ""}${again}`;
}
