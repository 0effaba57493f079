import { readFlows } from "../../../sandbox/capabilities/map/reading.ts";
import { collections, type PartyRecord } from "../../../sandbox/capabilities/records.ts";
import type { Flow } from "../../../sandbox/network/flows.ts";
import { checkedStateFile } from "../../../sandbox/session/state-format.ts";
import { MemoryStore } from "../../../sandbox/store/memory/memory.ts";
import type { TenantState } from "../../../sandbox/store/store.ts";
import { EcoError } from "../../../specs/engine/errors/eco-error.ts";
import { parseJson } from "../../../specs/engine/parse-json.ts";
import { type Json, list, object, objects, text, texts } from "../../lib/json.ts";

/** Books, or a map that was saved, as they can be drawn. */
export interface MapSource {
  /** Accounting months that something was booked into; of a saved map what it says itself. */
  readonly periods: readonly string[];
  /** Of some of these months together. */
  flows(periods: readonly string[]): Promise<readonly Flow[]>;
  /** Who registered: names and ids of roles by id. */
  readonly parties: ReadonlyMap<string, { readonly name: string; readonly role: string }>;
}

const TENANT = "map";

/** The books of a state, read and summed as the operation behind `GET /map` does it. */
export async function sourceOfState(state: TenantState): Promise<MapSource> {
  const store = new MemoryStore();
  await store.load(TENANT, state);
  const read = store.reader(TENANT);
  const periods = [...new Set(state.transactions.map(({ period }) => period))].sort();
  const parties = state.records
    .filter(({ collection }) => collection === collections.parties)
    .map(({ id, value }) => [id, value as unknown as PartyRecord] as const);
  return {
    periods,
    flows: async (wanted) => (await readFlows(wanted, undefined, read)).flows,
    parties: new Map(parties.map(([id, { name, role }]) => [id, { name, role }])),
  };
}

/**
 * A state file, or a map as `eco map --json` or the operation itself gives it.
 * @throws EcoError `ECO_EXPORT_INVALID` for what is neither
 */
export async function sourceOfFile(content: string): Promise<MapSource> {
  const file = object(parseJson(content));
  if (file["format"] === "eco-state") return sourceOfState(checkedStateFile(file).state);
  const map = file["flows"] === undefined ? object(file["result"]) : file;
  if (!Array.isArray(map["flows"])) throw unusable("it is neither a state nor a map");
  const flows = list(map["flows"]).map((flow) => flowOf(object(flow)));
  const parties = objects(map["parties"]).map((party) => {
    const id = text(party["id"]);
    return [id, { name: id, role: text(party["role"]) }] as const;
  });
  return { periods: [text(map["period"])], flows: async () => flows, parties: new Map(parties) };
}

function flowOf(flow: Json): Flow {
  const [payer, payee] = [text(flow["payer"]), text(flow["payee"])];
  if (payer === "" || payee === "") throw unusable("a flow of it lacks its payer or payee");
  return {
    payer,
    payee,
    deliveries: Number(flow["deliveries"] ?? 0),
    products: texts(flow["products"]),
    amounts: objects(flow["amounts"]).map((amount) => ({
      currency: text(amount["currency"]),
      netMinor: minorOf(amount, "netMinor"),
      creditMinor: minorOf(amount, "creditMinor"),
      valueMinor: minorOf(amount, "valueMinor"),
      taxMinor: minorOf(amount, "taxMinor"),
    })),
  };
}

function minorOf(amount: Json, name: string): bigint {
  const value = amount[name];
  if (!Number.isSafeInteger(value)) throw unusable(`${name} of an amount isn't a whole number`);
  return BigInt(value as number);
}

const unusable = (what: string): EcoError =>
  new EcoError("ECO_EXPORT_INVALID", `The file can't be drawn as a map: ${what}.`, {
    fix: "Make one with `eco map --json` or `eco sandbox export FILE`.",
  });
