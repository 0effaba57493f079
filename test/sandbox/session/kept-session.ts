import { createSandbox, type Sandbox, type SandboxSettings } from "../../../sandbox/index.ts";
import type { Catalog } from "../../../specs/engine/catalog/types.ts";
import { loadedSpecs } from "../../support/specs.ts";
import { playBusySession } from "./busy-session.ts";

export interface KeptSession {
  readonly catalog: Catalog;
  /** Still open, as the session left it. */
  readonly sandbox: Sandbox;
  /** The file of the session. */
  readonly text: string;
}

/** A busy session of the reference ecosystem from its beginning, kept in a file. */
export async function keepBusySession(rounds: number, settings: SandboxSettings): Promise<KeptSession> {
  const { catalog } = await loadedSpecs();
  const sandbox = await createSandbox({ catalog, ...settings });
  await sandbox.control.session.keep();
  await playBusySession({
    send: (request) => sandbox.fetch(request),
    url: "http://sandbox.test",
    hooks: ["https://a.example/hooks"],
    settle: () => sandbox.settle(),
    rounds,
  });
  return { catalog, sandbox, text: await sandbox.control.session.take() };
}
