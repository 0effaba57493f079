import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { csvLine, disarmed } from "../../cli/output/csv.ts";
import { RejectsFile } from "../../cli/rows/rejects.ts";

it.each(["=1+1", "+1", "-1", "@SUM(A1)", " \t=1+1", "\r=1", "\n=1"])("disarms the formula %j", (text) => {
  expect(disarmed(text)).toBe(`'${text}`);
});

it("leaves other texts as they are, and quotes what would end a cell", () => {
  expect(disarmed("a=b")).toBe("a=b");
  expect(csvLine(["a", 'b"c', "d,e", "f\r\ng"])).toBe('a,"b""c","d,e","f\r\ng"');
});

it("what a server says of a row is no formula in the rejects, and the row stays as it was", async () => {
  const folder = await mkdtemp(join(tmpdir(), "eco-rejects-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const rejects = new RejectsFile(join(folder, "rejects.csv"), ["id", "units"]);
  await rejects.add(2, '=HYPERLINK("https://evil.example")', { id: "-1", units: "5" });
  await rejects.close();
  const [, row] = (await readFile(rejects.path, "utf8")).trimEnd().split("\n");
  expect(row).toBe('2,"\'=HYPERLINK(""https://evil.example"")",-1,5');
});
