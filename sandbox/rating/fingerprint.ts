import { digestHex } from "./hash.ts";
import type { Leg } from "./types.ts";

/**
 * The fingerprint of a rated delivery: a Merkle root (RFC 6962 shape: leaves hashed with a 0 before them, nodes with a 1)
 * over its legs, each salted, in their order. A party is given its own legs with their salts and proofs: it can check
 * that they are among those that everybody else was shown, and learns nothing of the others.
 */
export interface LegProof {
  readonly legId: string;
  /** 32 hex digits. */
  readonly salt: string;
  readonly index: number;
  readonly size: number;
  /** Sibling hashes from the leaf up, hex. */
  readonly path: readonly string[];
}

const NODE = 1;

/**
 * What a delivery's legs are known by to all of its parties: `sha256:` and hex, from which nobody learns a leg. The salts
 * come from `secret` and the delivery's id: the same input has the same fingerprint.
 */
export function fingerprintOf(legs: readonly Leg[], secret: string): string {
  return `sha256:${rootOf(leavesOf(legs, secret))}`;
}

/**
 * The proof that a leg is one of those under their fingerprint, for whoever may know that leg and not the others.
 * @throws RangeError for a leg that isn't among them
 */
export function proveLeg(legs: readonly Leg[], secret: string, legId: string): LegProof {
  const index = legs.findIndex(({ id }) => id === legId);
  if (index < 0) throw new RangeError(`no leg "${legId}"`);
  const salt = saltsOf(legs, secret)[index] ?? "";
  return { legId, salt, index, size: legs.length, path: pathOf(leavesOf(legs, secret), index) };
}

/** Whether a leg, as a party knows it, is one of those under the fingerprint. */
export function verifyLeg(leg: Leg, proof: LegProof, fingerprint: string): boolean {
  if (leg.id !== proof.legId || proof.index < 0 || proof.index >= proof.size) return false;
  if (!proof.path.every((hash) => /^[0-9a-f]{64}$/.test(hash))) return false;
  let hash = leafOf(leg, proof.salt);
  let [at, size] = [proof.index, proof.size];
  const path = [...proof.path];
  while (size > 1) {
    if (at % 2 === 1) {
      const left = path.shift();
      if (left === undefined) return false;
      hash = nodeOf(left, hash);
    } else if (at + 1 < size) {
      const right = path.shift();
      if (right === undefined) return false;
      hash = nodeOf(hash, right);
    }
    [at, size] = [Math.floor(at / 2), Math.ceil(size / 2)];
  }
  return path.length === 0 && `sha256:${hash}` === fingerprint;
}

/** Two salts of 128 bits from each digest. */
function saltsOf(legs: readonly Leg[], secret: string): string[] {
  const salts: string[] = [];
  for (let i = 0; i < legs.length; i += 2) {
    const digest = digestHex(`${secret}\n${legs[i]?.deliveryId}\n${i}`);
    salts.push(digest.slice(0, 32), digest.slice(32));
  }
  return salts;
}

function leavesOf(legs: readonly Leg[], secret: string): string[] {
  const salts = saltsOf(legs, secret);
  return legs.map((leg, i) => leafOf(leg, salts[i] ?? ""));
}

/** The leg as a canonical JSON array, in a fixed order of fields, after its salt. */
function leafOf(leg: Leg, salt: string): string {
  const fields = [
    salt,
    leg.id,
    leg.kind,
    leg.deliveryId,
    leg.product,
    leg.payer,
    leg.payee,
    leg.currency,
    leg.netMinor.toString(),
    leg.creditMinor.toString(),
    leg.taxCode,
    leg.taxPercent,
    leg.taxMinor.toString(),
    leg.payableMinor.toString(),
  ];
  // Of a list of strings JSON.stringify makes the canonical form already.
  return digestHex(LEAF + JSON.stringify(fields));
}

const LEAF = "\u0000";
/** A node before it is hashed: its mark, and 32 bytes of each child. */
const pair = new Uint8Array(65);

function nodeOf(left: string, right: string): string {
  pair[0] = NODE;
  writeHex(left, 1);
  writeHex(right, 33);
  return digestHex(pair);
}

function writeHex(text: string, at: number): void {
  for (let i = 0; i < 32; i++) pair[at + i] = (digitAt(text, 2 * i) << 4) | digitAt(text, 2 * i + 1);
}

/** Of a lower-case hex digit. */
function digitAt(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code <= 57 ? code - 48 : code - 87;
}

/** A node without a sibling moves up as it is. */
function levelUp(level: readonly string[]): string[] {
  const up: string[] = [];
  for (let i = 0; i < level.length; i += 2) {
    const left = level[i];
    const right = level[i + 1];
    if (left !== undefined) up.push(right === undefined ? left : nodeOf(left, right));
  }
  return up;
}

function rootOf(leaves: readonly string[]): string {
  let level = leaves;
  while (level.length > 1) level = levelUp(level);
  return level[0] ?? digestHex("");
}

function pathOf(leaves: readonly string[], index: number): string[] {
  const path: string[] = [];
  let at = index;
  for (let level = leaves; level.length > 1; level = levelUp(level), at = Math.floor(at / 2)) {
    const sibling = level[at % 2 === 1 ? at - 1 : at + 1];
    if (sibling !== undefined) path.push(sibling);
  }
  return path;
}
