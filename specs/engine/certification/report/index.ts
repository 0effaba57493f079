import { EcoError } from "../../errors/index.ts";
import type { Report } from "../model.ts";
import { htmlReport } from "./html.ts";
import { jsonReport } from "./json.ts";
import { junitReport } from "./junit.ts";
import { markdownReport } from "./markdown.ts";
import { sarifReport } from "./sarif.ts";

export { type CheckRow, type TerminalReport, terminalReport } from "./table.ts";
export { headline, summaryLine, symbols } from "./text.ts";
export { htmlReport, jsonReport, junitReport, markdownReport, sarifReport };

/** How a report file ends → how it is written. `.junit.xml` and `.sarif.json` go before their last extension. */
export const reportFormats: Readonly<Record<string, (report: Report) => string>> = {
  ".sarif.json": sarifReport,
  ".sarif": sarifReport,
  ".xml": junitReport,
  ".json": jsonReport,
  ".md": markdownReport,
  ".html": htmlReport,
};

/**
 * The report in the format that the file's name asks for.
 * @throws EcoError `ECO_INPUT_INVALID` for an extension that no format has
 */
export function writeReport(report: Report, fileName: string): string {
  const extension = Object.keys(reportFormats).find((one) => fileName.toLowerCase().endsWith(one));
  const write = extension === undefined ? undefined : reportFormats[extension];
  if (write !== undefined) return write(report);
  throw new EcoError("ECO_INPUT_INVALID", `No report format for "${fileName}".`, {
    fix: `End the file's name in one of ${Object.keys(reportFormats).join(", ")}.`,
  });
}
