import { Flags } from "@oclif/core";
import type { Question as InquirerQuestion } from "inquirer";
import { EcoError } from "../specs/engine/errors/eco-error.ts";
import { sanitizeLine } from "./output/sanitize.ts";

interface Choice {
  readonly value: string;
  readonly name: string;
  readonly description?: string;
}

/** A question with the flag that answers it. */
export interface Question<T> {
  /** As asked: `Company name`. */
  readonly message: string;
  /** `--name`, `--answers` …: named by the error where nobody can be asked. */
  readonly flag: string;
  readonly kind: "text" | "choice" | "choices" | "confirm";
  readonly choices?: readonly Choice[];
  readonly initial?: T;
  readonly validate?: (value: string) => true | string;
}

/** Prompts need a terminal on both ends, and nobody to have said that they are unwanted. */
export function canAsk(allowed: boolean, env = process.env): boolean {
  const ci = env["CI"];
  return (
    allowed &&
    process.stdin.isTTY === true &&
    process.stdout.isTTY === true &&
    (!ci || ci === "0" || ci === "false")
  );
}

/**
 * Asks on the terminal. The library is imported only here, since it would cost every other command its start-up.
 * Where nobody can be asked: ECO_INPUT_MISSING, which names the question and its flag.
 */
export async function ask<T extends string | boolean | readonly string[]>(
  question: Question<T>,
  allowed: boolean,
): Promise<T> {
  if (!canAsk(allowed))
    throw new EcoError("ECO_INPUT_MISSING", `\`${question.message}\` is not answered.`, {
      fix: `Give ${question.flag}. There are no prompts ${whyNot(allowed)}.`,
    });
  const { default: inquirer } = await import("inquirer");
  try {
    // On stderr: what a command answers on stdout may be redirected while the questions still need a terminal.
    const prompt = inquirer.createPromptModule({ output: process.stderr });
    const session: readonly InquirerQuestion[] = [
      { ...promptOf(question), name: "answer", message: sanitizeLine(question.message) },
    ];
    const answers: Readonly<Record<string, unknown>> = await prompt(session);
    return answers["answer"] as T;
  } catch (cause) {
    if (cause instanceof Error && cause.name === "ExitPromptError")
      throw new EcoError("ECO_INTERRUPTED", "Stopped at a question.", { cause });
    throw cause;
  }
}

/** For commands whose doing can't be taken back: the flag that answers {@link confirmed}. */
export const yesFlag = Flags.boolean({ char: "y", summary: "Do it without asking." });

/** Whether to go on with what `message` asks: by `--yes`, or by whoever is at the terminal. */
export async function confirmed(
  message: string,
  flags: { readonly yes: boolean; readonly input: boolean },
): Promise<boolean> {
  return flags.yes || ask<boolean>({ message, flag: "--yes", kind: "confirm", initial: false }, flags.input);
}

function promptOf<T>(question: Question<T>): Record<string, unknown> {
  const types = { text: "input", choice: "select", choices: "checkbox", confirm: "confirm" };
  return {
    type: types[question.kind],
    ...(question.initial === undefined ? {} : { default: question.initial }),
    ...(question.choices === undefined ? {} : { choices: question.choices.map(shown) }),
    ...(question.validate === undefined ? {} : { validate: question.validate }),
  };
}

/** Questions are made of what specs and servers say. */
const shown = ({ value, name, description }: Choice): Choice => ({
  value,
  name: sanitizeLine(name),
  ...(description === undefined ? {} : { description: sanitizeLine(description) }),
});

function whyNot(allowed: boolean): string {
  if (!allowed) return "with --no-input";
  return process.stdin.isTTY && process.stdout.isTTY ? "in CI" : "without a terminal";
}
