import { parseJson } from "../../specs/engine/parse-json.ts";
import type { ControlSchemas } from "../control/api.ts";
import { isObject } from "./match.ts";
import type { Tested } from "./tested.ts";

const SHOWN = 3;
const LOOKED_AT = 200;
const LONGEST_DETAIL = 200;

type Exchange = ControlSchemas["Exchange"];

/** The last requests of a test that were refused, and weren't accepted when they came again: what is missing may be missing by them. */
export function describeRefused({ sandbox, exchangesFrom }: Tested): string[] {
  const exchanges = sandbox.control.log
    .read({ limit: LOOKED_AT })
    .items.filter(({ sequence }) => sequence > exchangesFrom);
  const accepted = new Map(
    exchanges.filter(({ status }) => !isRefused(status)).map((each) => [same(each), each]),
  );
  const refused = exchanges.filter(
    (each) => isRefused(each.status) && (accepted.get(same(each))?.sequence ?? 0) < each.sequence,
  );
  if (refused.length === 0) return [];
  const left = refused.length - SHOWN;
  return [
    "Refused before that:",
    ...(left > 0 ? [`  … ${left} before these`] : []),
    ...refused.slice(-SHOWN).map(line),
  ];
}

const isRefused = (status: number): boolean => status === 0 || status >= 400;

const same = ({ method, path, request }: Exchange): string => `${method} ${path} ${request.body ?? ""}`;

function line({ method, path, party, status, code, response }: Exchange): string {
  const who = party === undefined ? "" : ` of ${party}`;
  const detail = detailOf(response.body);
  const said = [code, detail].filter((part) => part !== undefined).join(": ");
  return `  ${method} ${path}${who}: ${status === 0 ? "cut" : `${status} ${said}`}`.trimEnd();
}

/** What a problem answer says. */
function detailOf(body: string | undefined): string | undefined {
  const problem = body?.startsWith("{") === true ? parseJson(body) : undefined;
  const detail = isObject(problem) ? problem["detail"] : undefined;
  if (typeof detail !== "string") return undefined;
  return detail.length > LONGEST_DETAIL ? `${detail.slice(0, LONGEST_DETAIL)}…` : detail;
}
