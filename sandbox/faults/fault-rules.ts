import type { Catalog } from "../../specs/engine/catalog/types.ts";
import { EcoError } from "../../specs/engine/errors/index.ts";
import type { ControlSchemas } from "../control/api.ts";
import { ControlRefusal } from "../control/refused.ts";
import type { Told } from "../control/told.ts";
import type { JsonObject, Store } from "../store/store.ts";
import { ArmedRule, type EventTraits, type RequestTraits } from "./armed-rule.ts";
import { type FaultCount, type FaultRule, problemsOf } from "./rule.ts";

/** The record of the rules that were added: `sandbox/faults`. */
const KEPT = { collection: "sandbox", id: "faults" } as const;

export type FaultStatus = ControlSchemas["FaultStatus"];

export interface FaultRulesParts {
  readonly catalog: Catalog;
  readonly store: Store;
  readonly tenant: string;
  readonly seed: string;
  readonly wallClock: () => number;
  /** Those that the sandbox is started with. */
  readonly atStart: readonly FaultRule[];
  /** How often rules have applied already. */
  readonly counts: readonly FaultCount[];
  /** Puts a change of the rules in its place among the other steps. */
  tell<T>(told: Told, work: () => Promise<T>): Promise<T>;
}

type NamedRule = FaultRule & { readonly id: string };

/**
 * What goes wrong on purpose. Rules are asked in order, those of the start first; the first that applies decides.
 * Those that are added are kept in the store, so that they stay over a restart and reach the other processes on it; how
 * often each applied is known to its process alone.
 */
export class FaultRules {
  readonly #parts: FaultRulesParts;
  #rules: readonly ArmedRule[] = [];
  /** Version of the record that they came from. */
  #version = 0;
  readonly #waiting = new Set<() => void>();
  #closed = false;

  private constructor(parts: FaultRulesParts) {
    this.#parts = parts;
  }

  /** The rules of the start must have been checked. */
  static async open(parts: FaultRulesParts): Promise<FaultRules> {
    const rules = new FaultRules(parts);
    await rules.restart();
    for (const { id, met, applied } of parts.counts) {
      const rule = rules.#rules.find((candidate) => candidate.id === id);
      if (rule !== undefined) Object.assign(rule, { met, applied });
    }
    return rules;
  }

  /** Whether any request, or any event, can meet one: asked on every way. */
  get forRequests(): boolean {
    return this.#rules.length > 0 && this.#rules.some(({ forEvents }) => !forEvents);
  }

  get forEvents(): boolean {
    return this.#rules.length > 0 && this.#rules.some(({ forEvents }) => forEvents);
  }

  list(): FaultStatus[] {
    return this.#rules.map(statusOf);
  }

  /** What a replay has to begin with, beside the rules that the store keeps. */
  standing(): { readonly rules: readonly NamedRule[]; readonly counts: readonly FaultCount[] } {
    return {
      rules: this.#rules.filter(({ source }) => source === "start").map(({ id, rule }) => ({ ...rule, id })),
      counts: this.#rules.map(({ id, met, applied }) => ({ id, met, applied })),
    };
  }

  /**
   * Adds all of them, or none.
   * @throws EcoError `ECO_FAULT_INVALID`, naming every field that can't be used
   */
  add(...rules: readonly FaultRule[]): Promise<FaultStatus[]> {
    return this.#parts.tell({ does: "faults.add", with: { rules } }, async () => {
      await this.refresh();
      await checkFaultRules(rules, this.#parts.catalog, this.#rules);
      const named = this.#named(rules);
      await this.#keep([...this.#added(), ...named]);
      const added = new Set(named.map(({ id }) => id));
      return this.list().filter(({ id }) => added.has(id));
    });
  }

  /** @throws EcoError `ECO_NOT_FOUND` */
  remove(id: string): Promise<void> {
    return this.#parts.tell({ does: "faults.remove", with: { id } }, async () => {
      await this.refresh();
      if (!this.#rules.some((rule) => rule.id === id))
        throw new EcoError("ECO_NOT_FOUND", `There is no fault rule ${JSON.stringify(id)}.`);
      this.#rules = this.#rules.filter((rule) => rule.id !== id);
      await this.#keep(this.#added());
    });
  }

  clear(): Promise<void> {
    return this.#parts.tell({ does: "faults.clear", with: {} }, async () => {
      await this.refresh();
      this.#rules = [];
      await this.#keep([]);
    });
  }

  drawForRequest(traits: RequestTraits, now: string): ArmedRule | undefined {
    return this.#draw((rule) => rule.isForRequest(traits), now);
  }

  drawForEvent(traits: EventTraits, now: string): ArmedRule | undefined {
    const message = this.#parts.catalog.messages.find(({ type }) => type === traits.type);
    return this.#draw((rule) => rule.isForEvent(traits, message?.event), now);
  }

  /** All that it is for are counted, whichever of them decides. */
  #draw(isFor: (rule: ArmedRule) => boolean, now: string): ArmedRule | undefined {
    const [first] = this.#rules.filter((rule) => isFor(rule)).filter((rule) => rule.isDue(now));
    if (first !== undefined) first.applied += 1;
    return first;
  }

  /** Takes over what another process has changed. */
  async refresh(): Promise<void> {
    const { store, tenant } = this.#parts;
    const kept = await store.reader(tenant).get<JsonObject>(KEPT.collection, KEPT.id);
    if ((kept?.version ?? 0) === this.#version) return;
    this.#takeOver(rulesIn(kept?.value), kept?.version ?? 0);
  }

  /** As after a start: the rules of the start and those that are kept, none of them met yet. */
  async restart(): Promise<void> {
    this.#rules = this.#named(this.#parts.atStart).map((rule) => new ArmedRule(rule, "start", this.#parts));
    this.#version = -1;
    await this.refresh();
  }

  /** By the wall clock; shorter where the sandbox closes meanwhile. */
  wait(ms: number): Promise<void> {
    if (this.#closed) return Promise.resolve();
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        this.#waiting.delete(done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      this.#waiting.add(done);
    });
  }

  /** Nobody waits for a fault any longer. */
  close(): void {
    this.#closed = true;
    for (const done of [...this.#waiting]) done();
  }

  /** Those without an id get the first number that is free. */
  #named(rules: readonly FaultRule[]): NamedRule[] {
    const taken = new Set([...this.#rules, ...rules].flatMap(({ id }) => id ?? []));
    let number = 1;
    return rules.map((rule) => {
      while (rule.id === undefined && taken.has(`fault-${number}`)) number += 1;
      const id = rule.id ?? `fault-${number}`;
      taken.add(id);
      return { ...rule, id };
    });
  }

  #added(): NamedRule[] {
    return this.#rules.filter(({ source }) => source === "added").map(({ id, rule }) => ({ ...rule, id }));
  }

  async #keep(rules: readonly NamedRule[]): Promise<void> {
    const { store, tenant } = this.#parts;
    const value = { rules: JSON.parse(JSON.stringify(rules)) };
    const write = { ...KEPT, value, expectedVersion: this.#version };
    const outcome = await store.apply({ tenant, writes: [write], transactions: [], events: [] });
    if (outcome.kind !== "applied")
      throw new EcoError("ECO_CONFLICT", "Somebody else changed the fault rules at this moment.");
    this.#takeOver(rules, this.#version + 1);
  }

  /** A rule that was there before goes on counting. */
  #takeOver(rules: readonly NamedRule[], version: number): void {
    const known = new Map(this.#rules.map((rule) => [rule.id, rule]));
    const atStart = this.#rules.filter(({ source }) => source === "start");
    const added = rules.map((rule) => known.get(rule.id) ?? new ArmedRule(rule, "added", this.#parts));
    this.#rules = [...atStart, ...added.filter(({ source }) => source === "added")];
    this.#version = version;
  }
}

/**
 * @param taken rules that there are already
 * @throws EcoError `ECO_FAULT_INVALID`, naming every field that can't be used
 */
export async function checkFaultRules(
  rules: readonly FaultRule[],
  catalog: Catalog,
  taken: readonly { readonly id: string }[] = [],
): Promise<void> {
  const errors = await problemsOf(rules, catalog);
  const ids = [...taken, ...rules].map(({ id }) => id);
  for (const [index, { id }] of rules.entries()) {
    if (id !== undefined && ids.indexOf(id) !== ids.lastIndexOf(id))
      errors.push({ pointer: `#/rules/${index}/id`, detail: `there is another rule ${id}` });
  }
  if (errors.length === 0) return;
  const detail = "The fault rules can't be used.";
  throw new ControlRefusal({ kind: "refused", code: "ECO_FAULT_INVALID", detail, errors });
}

// Written by `#keep` alone.
const rulesIn = (value: JsonObject | undefined): readonly NamedRule[] =>
  (value?.["rules"] ?? []) as unknown as readonly NamedRule[];

function statusOf({ id, rule, source, met, applied, spent }: ArmedRule): FaultStatus {
  return { id, rule, source, met, applied, spent };
}
