import { spawn } from "node:child_process";
import { EcoError } from "../../specs/engine/errors/eco-error.ts";

/** Runs a command by the shell and waits for its end. What it prints goes to stderr: stdout is for the result. */
export function runCommand(command: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, { shell: true, stdio: ["inherit", process.stderr, process.stderr] });
    child.once("error", (cause) => {
      reject(
        new EcoError("ECO_INPUT_INVALID", `\`${command}\` can't be run: ${cause.message}.`, {
          fix: "Give a command that your shell knows.",
          cause,
        }),
      );
    });
    child.once("close", (status) => resolve(status ?? 1));
  });
}
