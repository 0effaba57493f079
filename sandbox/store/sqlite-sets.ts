import { number } from "./rows.ts";

import type { Statements } from "./sqlite-statements.ts";

/** So many sets are kept in memory. */
const KEPT = 5_000;

/** The sets of a tenant, found or made, as long as nobody else writes them. `next` gives the id of a new one. */
export class SqliteSets {
  readonly #statements: Statements;
  readonly #tenant: string;
  readonly #next: () => number;
  readonly #known = new Map<string, number>();

  constructor(statements: Statements, tenant: string, next: () => number) {
    this.#statements = statements;
    this.#tenant = tenant;
    this.#next = next;
  }

  idOf(kind: string, members: readonly string[]): number {
    const text = JSON.stringify(members);
    const key = `${kind}\n${text}`;
    let id = this.#known.get(key);
    if (id === undefined) {
      id = this.#find(kind, text) ?? this.#make(kind, text, members);
      if (this.#known.size >= KEPT) this.#known.clear();
      this.#known.set(key, id);
    }
    return id;
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
