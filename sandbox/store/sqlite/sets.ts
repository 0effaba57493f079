import { number } from "../sql/rows.ts";

import type { Statements } from "./statements.ts";

/** So many sets are kept in memory. */
const KEPT = 5_000;

/** A set that is known, or the beginning of some: found member by member, without making a text of them all. */
interface Known {
  readonly longer: Map<string, Known>;
  id?: number;
}

/** The sets of a tenant, found or made, as long as nobody else writes them. `next` gives the id of a new one. */
export class SqliteSets {
  readonly #statements: Statements;
  readonly #tenant: string;
  readonly #next: () => number;
  #known: Known = { longer: new Map() };
  #count = 0;

  constructor(statements: Statements, tenant: string, next: () => number) {
    this.#statements = statements;
    this.#tenant = tenant;
    this.#next = next;
  }

  /** `members` are different ones. */
  idOf(kind: string, members: Iterable<string>): number {
    let known = longer(this.#known, kind);
    for (const member of members) known = longer(known, member);
    if (known.id === undefined) {
      known.id = this.#idOf(kind, [...members]);
      this.#count += 1;
      if (this.#count > KEPT) this.#forget();
    }
    return known.id;
  }

  #forget(): void {
    this.#known = { longer: new Map() };
    this.#count = 0;
  }

  #idOf(kind: string, members: readonly string[]): number {
    const text = JSON.stringify(members);
    return this.#find(kind, text) ?? this.#make(kind, text, members);
  }

  #find(kind: string, text: string): number | undefined {
    const row = this.#statements.get("SELECT id FROM sets WHERE tenant = ? AND kind = ? AND members = ?", [
      this.#tenant,
      kind,
      text,
    ]);
    return row === undefined ? undefined : number(row, "id");
  }

  #make(kind: string, text: string, members: readonly string[]): number {
    const id = this.#next();
    this.#statements.run("INSERT INTO sets (tenant, kind, members, id) VALUES (?, ?, ?, ?)", [
      this.#tenant,
      kind,
      text,
      id,
    ]);
    for (const member of members) {
      this.#statements.run("INSERT INTO set_members (tenant, kind, member, id) VALUES (?, ?, ?, ?)", [
        this.#tenant,
        kind,
        member,
        id,
      ]);
    }
    return id;
  }
}

function longer({ longer }: Known, member: string): Known {
  let known = longer.get(member);
  if (known === undefined) {
    known = { longer: new Map() };
    longer.set(member, known);
  }
  return known;
}
