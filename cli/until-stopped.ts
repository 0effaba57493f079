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
