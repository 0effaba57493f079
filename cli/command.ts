import { Command } from "@oclif/core";
import type { EcoError } from "../specs/engine/errors/eco-error.ts";
import { toEcoError } from "./errors/usage.ts";
import { globalFlags } from "./flags.ts";
import { Output } from "./output/output.ts";

/**
 * What a command did. `result` is what `--json` prints; `failure` makes the exit status tell of it although the command ran to its end,
 * as after a certification that found something.
 */
export interface Outcome {
  readonly result: unknown;
  readonly failure?: EcoError;
}

/** Base of all commands: the global flags, the streams, one way to succeed and one to fail. Commands parse, call and present; no more. */
export abstract class EcoCommand extends Command {
  static override baseFlags = globalFlags;
  static override enableJsonFlag = true;

  protected readonly out = new Output({ json: this.jsonEnabled() });

  /** Never exits: stdout may be a pipe that has not taken everything yet. The status is set, and Node ends when all is written. */
  protected override async _run<T>(): Promise<T> {
    try {
      const outcome: Outcome = await this.run();
      if (outcome.failure === undefined) this.out.succeed(outcome.result);
      else {
        process.exitCode = outcome.failure.exitCode;
        this.out.fail(outcome.failure, outcome.result);
      }
    } catch (thrown) {
      const error = toEcoError(thrown, this.commandName());
      process.exitCode = error.exitCode;
      this.out.fail(error);
      if (process.env["ECO_DEBUG"] === "1")
        process.stderr.write(`${error.stack ?? ""}\n${String(error.cause ?? "")}\n`);
    }
    return undefined as T;
  }

  abstract override run(): Promise<Outcome>;

  private commandName(): string {
    return (this.id ?? "").replaceAll(":", " ");
  }
}
