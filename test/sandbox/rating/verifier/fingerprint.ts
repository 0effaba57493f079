import { createHash } from "node:crypto";
import type { Raw } from "./raw.ts";

const FIELDS = [
  "id",
  "kind",
  "deliveryId",
  "product",
  "payer",
  "payee",
  "currency",
  "netMinor",
  "creditMinor",
];
const TAX_FIELDS = ["taxCode", "taxPercent", "taxMinor", "payableMinor"];

const sha256 = (...parts: readonly (string | Buffer)[]): Buffer => {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest();
};

/** Merkle root over salted legs, with leaves and nodes told apart; a node without a sibling moves up as it is. */
export function rootOf(legs: readonly Raw[], salts: readonly string[]): string {
  let level = legs.map((leg, i) => {
    const fields = [...FIELDS, ...TAX_FIELDS].map((field) => String(leg[field]));
    return sha256("\u0000", JSON.stringify([salts[i], ...fields]));
  });
  while (level.length > 1) {
    const pairs = level.flatMap((left, i) => (i % 2 === 0 ? [{ left, right: level[i + 1] }] : []));
    level = pairs.map(({ left, right }) => (right === undefined ? left : sha256("\u0001", left, right)));
  }
  return `sha256:${(level[0] ?? sha256("")).toString("hex")}`;
}
