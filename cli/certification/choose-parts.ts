import type { Part } from "../../specs/engine/certification/index.ts";
import { EcoError } from "../../specs/engine/errors/eco-error.ts";
import type { Output } from "../output/output.ts";
import type { Session } from "../session.ts";
import { partFlags, type Targets } from "./targets.ts";

export interface Choice {
  readonly session: Session;
  readonly targets: Targets;
  readonly chosen: readonly (Part | "all")[];
  /** The client's command; without a recording and without a command a client that was asked for is waited for. */
  readonly command: string | undefined;
  readonly out: Output;
}

/** The parts that a run covers: those asked for, or all that the addresses make possible. */
export async function chooseParts({ session, targets, chosen, command, out }: Choice): Promise<Part[]> {
  const observed = targets.recording !== undefined || command !== undefined;
  const possible: Record<Part, boolean> = {
    provider: targets.target !== undefined,
    receiver: targets.webhook !== undefined,
    client: observed || chosen.includes("client"),
    money: observed || chosen.includes("client") || targets.partner?.figures !== undefined,
    governance: targets.partner !== undefined,
    journeys: true,
  };
  const all = Object.keys(possible) as Part[];
  const live = observed && targets.recording === undefined;
  if (!chosen.includes("all")) {
    const parts = all.filter((part) => chosen.includes(part));
    const without = parts.find((part) => !possible[part]);
    if (without !== undefined)
      throw new EcoError("ECO_INPUT_MISSING", `Nothing is given to test you as ${without}.`, {
        fix: `Give ${partFlags[without]}.`,
      });
    const watched = parts.includes("client") && targets.recording === undefined;
    if (parts.includes("journeys") || watched) await requireSandbox(session);
    return parts;
  }
  const parts = all.filter((part) => possible[part]);
  if (parts.length === 1 || live) await requireSandbox(session);
  else if (!(await reaches(session))) {
    out.note(`No sandbox answers at ${session.settings.sandbox.value}: the journeys are left out.`);
    return parts.filter((part) => part !== "journeys");
  }
  return parts;
}

async function requireSandbox({ transport, settings }: Session): Promise<void> {
  await transport.send({
    method: "GET",
    url: new URL(settings.sandbox.value),
    headers: {},
    repeatable: true,
  });
}

function reaches(session: Session): Promise<boolean> {
  return requireSandbox(session).then(
    () => true,
    () => false,
  );
}
