import type { Catalog } from "../../specs/engine/catalog/types.ts";
import { EcoError } from "../../specs/engine/errors/index.ts";
import type { ControlSchemas } from "../control/api.ts";
import { ControlRefusal } from "../control/refused.ts";
import type { Told } from "../control/told.ts";
import { inTurn } from "../pipeline/turns.ts";
import type { Held, JsonObject, Reader, Store } from "../store/store.ts";
import { OVERTAKEN, untilApplied } from "../store/until-applied.ts";
import { clearTimeout, setTimeout } from "../values/real-timers.ts";
import { ArmedRule, countOf, type EventTraits, firstDue, type RequestTraits, restore } from "./armed-rule.ts";
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

/** What the record holds. */
interface Kept {
  readonly rules: readonly NamedRule[];
  readonly counts: readonly FaultCount[];
}

/**
 * What goes wrong on purpose. Rules are asked in order, those of the start first; the first that applies decides.
 * Those that are added belong to the sandbox: they are kept in the store with how often each applied, so that they stay
 * over a restart, and the processes on it count together. Those of the start belong to the process that was started
 * with them, and begin anew with it.
 */
export class FaultRules {
  readonly #parts: FaultRulesParts;
  #rules: readonly ArmedRule[] = [];
  /** Version of the record that they came from, and what it holds. */
  #version = 0;
  #text = "";
  readonly #waiting = new Set<() => void>();
  #closed = false;

  private constructor(parts: FaultRulesParts) {
    this.#parts = parts;
  }

  /** The rules of the start must have been checked. */
  static async open(parts: FaultRulesParts): Promise<FaultRules> {
    const rules = new FaultRules(parts);
    await rules.restart();
    restore(rules.#rules, parts.counts);
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
      counts: this.#rules.map(countOf),
    };
  }

  /**
   * Adds all of them, or none.
   * @throws EcoError `ECO_FAULT_INVALID`, naming every field that can't be used
   */
  add(...rules: readonly FaultRule[]): Promise<FaultStatus[]> {
    return this.#parts.tell({ does: "faults.add", with: { rules } }, async () => {
      const named = await this.#change(async () => {
        await checkFaultRules(rules, this.#parts.catalog, this.#rules);
        const fresh = this.#named(rules);
        this.#rules = [...this.#rules, ...fresh.map((rule) => new ArmedRule(rule, "added", this.#parts))];
        return new Set(fresh.map(({ id }) => id));
      });
      return this.list().filter(({ id }) => named.has(id));
    });
  }

  /** @throws EcoError `ECO_NOT_FOUND` */
  remove(id: string): Promise<void> {
    return this.#parts.tell({ does: "faults.remove", with: { id } }, () =>
      this.#change(async () => {
        if (!this.#rules.some((rule) => rule.id === id))
          throw new EcoError("ECO_NOT_FOUND", `There is no fault rule ${JSON.stringify(id)}.`);
        this.#rules = this.#rules.filter((rule) => rule.id !== id);
      }),
    );
  }

  clear(): Promise<void> {
    return this.#parts.tell({ does: "faults.clear", with: {} }, () =>
      this.#change(async () => {
        this.#rules = [];
      }),
    );
  }

  drawForRequest(traits: RequestTraits, now: string): Promise<ArmedRule | undefined> {
    return this.#draw((rule) => rule.isForRequest(traits), now);
  }

  drawForEvent(traits: EventTraits, now: string): Promise<ArmedRule | undefined> {
    const message = this.#parts.catalog.messages.find(({ type }) => type === traits.type);
    return this.#draw((rule) => rule.isForEvent(traits, message?.event), now);
  }

  /** Whether some rule lets an event wait for the one after it. */
  get reorders(): boolean {
    return this.#rules.some(({ rule }) => rule.reorder === true);
  }

  /** The rule that holds back such an event, whoever drew it. */
  holding(traits: EventTraits): ArmedRule | undefined {
    const message = this.#parts.catalog.messages.find(({ type }) => type === traits.type);
    return this.#rules.find(
      (armed) =>
        armed.isForEvent(traits, message?.event) &&
        (armed.rule.delay !== undefined || armed.rule.reorder === true),
    );
  }

  /** All that it is for are counted, whichever of them decides: among all processes, where the sandbox counts. */
  async #draw(isFor: (rule: ArmedRule) => boolean, now: string): Promise<ArmedRule | undefined> {
    const meant = this.#rules.filter(isFor);
    if (meant.every(({ source }) => source === "start")) return firstDue(meant, now);
    let before: readonly FaultCount[] | undefined;
    return this.#change(async () => {
      // Drawn again, since another process drew at the same time: it counts once.
      if (before !== undefined) restore(meant, before);
      before = meant.filter(({ source }) => source === "start").map(countOf);
      return firstDue(this.#rules.filter(isFor), now);
    });
  }

  /** Takes over what another process has changed. */
  async refresh(read: Reader = this.#parts.store.reader(this.#parts.tenant)): Promise<void> {
    const record = await read.get<JsonObject>(KEPT.collection, KEPT.id);
    if ((record?.version ?? 0) === this.#version) return;
    this.#takeOver(keptIn(record?.value), record?.version ?? 0);
  }

  /** As after a start: the rules of the start, none of them met yet, and those that are kept. */
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

  /**
   * Changes what is kept, one after the other; again from its beginning where another process was faster.
   * @param work changes `#rules` and their counts; what it throws leaves everything as it was
   */
  #change<T>(work: () => Promise<T>): Promise<T> {
    const { store, tenant } = this.#parts;
    let before: readonly ArmedRule[] | undefined;
    const undo = (): void => {
      if (before === undefined) return;
      this.#rules = before;
      // Whatever its version is: the counts in memory are not what is kept.
      this.#version = -1;
    };
    const attempt = async ({ reader, apply }: Held): Promise<T | typeof OVERTAKEN> => {
      undo();
      await this.refresh(reader);
      before = this.#rules;
      const result = await work();
      return (await this.#keep(apply)) ? result : OVERTAKEN;
    };
    return inTurn(this, async () => {
      try {
        return await untilApplied({ store, tenant, what: "The list of fault rules" }, attempt);
      } catch (error) {
        undo();
        throw error;
      }
    });
  }

  /** Whether nobody else was faster. */
  async #keep(apply: Held["apply"]): Promise<boolean> {
    const added = this.#rules.filter(({ source }) => source === "added");
    const kept: Kept = {
      rules: added.map(({ id, rule }) => ({ ...rule, id })),
      counts: added.map(countOf),
    };
    const text = JSON.stringify(kept);
    if (text === this.#text) return true;
    const expectedVersion = this.#version;
    const write = { ...KEPT, value: JSON.parse(text) as JsonObject, expectedVersion };
    const { tenant } = this.#parts;
    const outcome = await apply({ tenant, writes: [write], transactions: [], events: [] });
    if (outcome.kind !== "applied") return false;
    this.#version = expectedVersion + 1;
    this.#text = text;
    return true;
  }

  /** A rule that stays the same stays in its place: answers under way go by it. */
  #takeOver({ rules, counts }: Kept, version: number): void {
    const known = new Map(this.#rules.map((rule) => [rule.id, rule]));
    const added = rules.map((rule) => {
      const same = known.get(rule.id);
      const armed =
        same?.source === "added" && JSON.stringify(same.rule) === JSON.stringify(rule)
          ? same
          : new ArmedRule(rule, "added", this.#parts);
      const { met = 0, applied = 0 } = counts.find(({ id }) => id === rule.id) ?? {};
      return Object.assign(armed, { met, applied });
    });
    this.#rules = [...this.#rules.filter(({ source }) => source === "start"), ...added];
    this.#version = version;
    this.#text = JSON.stringify({ rules, counts });
  }
}

/**
 * Whether a sandbox of these specs could take the rules, all of them.
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

// Written by `#keep` alone, or by a version that kept no counts.
const keptIn = (value: JsonObject | undefined): Kept =>
  ({ rules: [], counts: [], ...value }) as unknown as Kept;

function statusOf({ id, rule, source, met, applied, spent }: ArmedRule): FaultStatus {
  return { id, rule, source, met, applied, spent };
}
