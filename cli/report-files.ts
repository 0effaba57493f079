import { Flags } from "@oclif/core";
import { EcoError } from "../specs/engine/errors/eco-error.ts";
import type { Output } from "./output/output.ts";
import { writeText } from "./write-file.ts";

/** Flag of the commands whose answer is worth keeping in a file. */
export const reportFlag = {
  report: Flags.string({
    multiple: true,
    helpValue: "<file>",
    summary: "Write it to a file too: .md or .json. Repeat it for several.",
  }),
};

/** A file that was named, and what its ending asks for. */
interface ReportFile {
  readonly path: string;
  readonly format: "md" | "json";
}

/** Read before anything is done. @throws EcoError ECO_INPUT_INVALID for another ending */
export const reportFiles = (paths: readonly string[] = []): ReportFile[] =>
  paths.map((path) => {
    const format = /\.(md|json)$/i.exec(path)?.[1]?.toLowerCase();
    if (format === "md" || format === "json") return { path, format };
    throw new EcoError("ECO_INPUT_INVALID", `No report format for "${path}".`, {
      fix: "End the file's name in .md or .json.",
    });
  });

export async function writeReports(
  files: readonly ReportFile[],
  result: unknown,
  markdown: () => string,
  out: Output,
): Promise<void> {
  for (const { path, format } of files) {
    await writeText(path, format === "md" ? markdown() : `${JSON.stringify(result, null, 2)}\n`);
    out.success(`Wrote ${path}.`);
  }
}
