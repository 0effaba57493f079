import { expect, it } from "vitest";
import { quoted } from "../../../cli/output/quoted.ts";

it.each([
  ["march.csv", "march.csv", "march.csv"],
  ["", "''", '""'],
  ["-rf", "'-rf'", '"-rf"'],
  ["my files/a$b", "'my files/a$b'", '"my files/a$b"'],
  ["it's", "'it'\\''s'", '"it\'s"'],
  ["C:\\specs", "'C:\\specs'", "C:\\specs"],
  ["~/specs", "'~/specs'", "~/specs"],
])("%s is one word of a shell, here and on Windows", (text, here, windows) => {
  expect(quoted(text, "linux")).toBe(here);
  expect(quoted(text, "win32")).toBe(windows);
});
