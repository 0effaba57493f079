import { EcoError } from "../specs/engine/errors/eco-error.ts";

/** The longest that a timer can be set to. */
const AGES_MS = 2 ** 31 - 1;

/**
 * Resolves when the user or the system asks the process to stop; the caller then closes what is open. Ctrl-C makes the exit
 * status 130, a termination by the system 0. A second signal ends the process at once.
 */
export function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    const stop = (signal: NodeJS.Signals): void => {
      process.exitCode = signal === "SIGINT" ? 130 : 0;
      // The terminal has written ^C into the line, and what comes next begins on its own.
      if (signal === "SIGINT" && process.stderr.isTTY) process.stderr.write("\n");
      process.once(signal, () => process.exit(signal === "SIGINT" ? 130 : 1));
      resolve();
    };
    process.once("SIGINT", stop);
    process.once("SIGTERM", stop);
  });
}

/** The same for whoever does nothing else meanwhile: listening for signals alone keeps no process going. */
export async function idleUntilStopped(): Promise<void> {
  const idle = setInterval(() => {}, AGES_MS);
  await untilStopped();
  clearInterval(idle);
}

const STOPS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * For work that must not be left in its middle. A signal to stop doesn't end the process meanwhile: `goOn`, which the work
 * calls between two steps, throws ECO_INTERRUPTED then, so that the work can take back what it did. After the last step it
 * is too late to stop.
 */
export async function stoppable<Done>(work: (goOn: () => void) => Promise<Done>): Promise<Done> {
  let isStopped = false;
  const stop = (): void => {
    isStopped = true;
  };
  for (const signal of STOPS) process.on(signal, stop);
  try {
    return await work(() => {
      if (isStopped) throw new EcoError("ECO_INTERRUPTED", "Interrupted: everything is as it was before.");
    });
  } finally {
    for (const signal of STOPS) process.off(signal, stop);
  }
}
