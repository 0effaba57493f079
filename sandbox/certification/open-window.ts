import type { Operation } from "../../specs/engine/catalog/types.ts";
import type { SeenExchange } from "../capabilities/certifications/records.ts";
import { canMeet, type Probe, planProbes } from "./probes.ts";

interface PlannedProbe {
  readonly probe: Probe;
  /** Requests that it still lets pass. */
  skip: number;
  /** How often it still meets what it has met. */
  left: number;
  /** The request, the list or the token that it met. */
  met?: string;
}

/** What is put in the way of one party's client, and how far that has come. */
export class OpenWindow {
  /** The certification. */
  readonly id: string;
  /** How many exchanges were kept. */
  size: number;
  readonly #plan: PlannedProbe[];
  /** Requests that a probe has met: each is met by one at most, so that a client with few attempts comes through. */
  readonly #disturbed = new Set<string>();

  /** @param seen what was kept before a restart: probes that were fired don't come again */
  constructor(id: string, seed: string, seen: readonly SeenExchange[]) {
    this.id = id;
    this.size = seen.length;
    this.#plan = planProbes(seed).map((probe) => {
      const fired = seen.filter((one) => one.probe === probe.kind);
      const [first] = fired;
      const met = first === undefined ? undefined : keyOf(probe, first.fingerprint, tokenOf(first));
      return {
        probe,
        skip: first === undefined ? probe.skip : 0,
        left: Math.max(0, probe.times - fired.length),
        ...(met === undefined ? {} : { met }),
      };
    });
    for (const { probe, fingerprint } of seen) if (probe !== null) this.#disturbed.add(fingerprint);
  }

  /** The probe that meets a request, if any does. */
  meet(operation: Operation, fingerprint: string, token: string): Probe | undefined {
    return this.#again(operation, fingerprint, token) ?? this.#first(operation, fingerprint, token);
  }

  /** A probe that met nothing it could have shown comes again. */
  takeBack(kind: string): void {
    const planned = this.#plan.find(({ probe }) => probe.kind === kind);
    if (planned !== undefined && planned.left === planned.probe.times - 1) delete planned.met;
  }

  /** What has ended stays ended, and what is out of order stays so for a while. */
  #again(operation: Operation, fingerprint: string, token: string): Probe | undefined {
    const going = this.#plan.find(({ probe, left, met }) => {
      if (met === undefined) return false;
      if (probe.kind === "expired-token") return met === token;
      if (probe.kind === "failing") return left > 0 && met === fingerprint;
      return probe.kind === "small-pages" && left > 0 && canMeet(probe.kind, operation);
    });
    if (going === undefined) return undefined;
    going.left -= 1;
    return going.probe;
  }

  #first(operation: Operation, fingerprint: string, token: string): Probe | undefined {
    for (const planned of this.#plan) {
      const { probe, met } = planned;
      if (met !== undefined || !canMeet(probe.kind, operation)) continue;
      // Shorter pages disturb nobody.
      if (probe.kind !== "small-pages" && this.#disturbed.has(fingerprint)) continue;
      if (planned.skip > 0) {
        planned.skip -= 1;
        continue;
      }
      planned.met = keyOf(probe, fingerprint, token);
      planned.left = probe.times - 1;
      this.#disturbed.add(fingerprint);
      return probe;
    }
    return undefined;
  }
}

const tokenOf = ({ request }: SeenExchange): string => request.headers["authorization"] ?? "";

const keyOf = ({ kind }: Probe, fingerprint: string, token: string): string =>
  kind === "expired-token" ? token : fingerprint;
