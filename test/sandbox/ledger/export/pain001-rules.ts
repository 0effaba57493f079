import type { Read } from "./xml-reader.ts";

/** What may stand in an element: others in this order (`?` once at most, `+` once at least), or text of this form. */
type Rule = readonly string[] | RegExp;

const identification = /^[A-Za-z0-9+?/:().,' -]{1,35}$/;
const name = ["Nm"];
const account = ["Id"];

/**
 * The rules of `pain.001.001.09` for all that our files hold, narrowed where the euro's scheme is stricter (names of 70 characters, the
 * SEPA characters in identifications). By the element's name, and by its parent's where that makes a difference.
 */
const rules: Readonly<Record<string, Rule>> = {
  Document: ["CstmrCdtTrfInitn"],
  CstmrCdtTrfInitn: ["GrpHdr", "PmtInf+"],
  GrpHdr: ["MsgId", "CreDtTm", "NbOfTxs", "CtrlSum", "InitgPty"],
  MsgId: identification,
  CreDtTm: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?$/,
  NbOfTxs: /^\d{1,15}$/,
  CtrlSum: /^(?=(\D*\d){1,18}\D*$)\d+(\.\d{1,17})?$/,
  InitgPty: name,
  Nm: /^[A-Za-z0-9/?:().,'+ -]{1,70}$/,
  PmtInf: [
    ...["PmtInfId", "PmtMtd", "NbOfTxs", "CtrlSum", "PmtTpInf?", "ReqdExctnDt", "Dbtr", "DbtrAcct"],
    ...["DbtrAgt", "ChrgBr?", "CdtTrfTxInf+"],
  ],
  PmtInfId: identification,
  PmtMtd: /^TRF$/,
  PmtTpInf: ["SvcLvl"],
  SvcLvl: ["Cd"],
  Cd: /^SEPA$/,
  ReqdExctnDt: ["Dt"],
  Dt: /^\d{4}-\d\d-\d\d$/,
  Dbtr: name,
  DbtrAcct: account,
  "DbtrAcct/Id": ["IBAN"],
  DbtrAgt: ["FinInstnId"],
  FinInstnId: ["BICFI?", "Othr?"],
  BICFI: /^[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?$/,
  Othr: ["Id"],
  "Othr/Id": /^NOTPROVIDED$/,
  ChrgBr: /^(SLEV|SHAR)$/,
  CdtTrfTxInf: ["PmtId", "Amt", "CdtrAgt?", "Cdtr", "CdtrAcct", "RmtInf?"],
  PmtId: ["EndToEndId"],
  EndToEndId: identification,
  Amt: ["InstdAmt"],
  InstdAmt: /^(?=(\D*\d){1,18}\D*$)\d+(\.\d{1,5})?$/,
  CdtrAgt: ["FinInstnId"],
  Cdtr: name,
  CdtrAcct: account,
  "CdtrAcct/Id": ["IBAN"],
  IBAN: /^[A-Z]{2}\d{2}[a-zA-Z0-9]{1,30}$/,
  RmtInf: ["Ustrd"],
  Ustrd: /^.{1,140}$/u,
};

/** What in a file breaks the rules, by the path to it; nothing in a sound one. */
export function violationsOf(element: Read, path = element.name, parent = ""): string[] {
  const rule = rules[`${parent}/${element.name}`] ?? rules[element.name];
  if (rule === undefined) return [`${path} is not known`];
  if (rule instanceof RegExp) {
    if (element.children.length > 0) return [`${path} holds elements`];
    return rule.test(element.text) ? [] : [`${path} is "${element.text}"`];
  }
  const given = element.children.map((child) => child.name);
  const order = new RegExp(
    `^${rule.map((each) => `(?:${each.replace(/[?+]$/, "")} )${/[?+]$/.exec(each)?.[0] ?? ""}`).join("")}$`,
  );
  const own = order.test(given.map((each) => `${each} `).join(""))
    ? []
    : [`${path} holds ${given.join(", ")}`];
  const text = element.text.trim() === "" ? [] : [`${path} holds text`];
  return [
    ...own,
    ...text,
    ...element.children.flatMap((child) => violationsOf(child, `${path}/${child.name}`, element.name)),
  ];
}
