/** What a trace is made of: plain JSON. Amounts in minor units are integers, everything exact is a decimal string. */
export type TraceValue =
  | string
  | number
  | boolean
  | null
  | readonly TraceValue[]
  | { readonly [key: string]: TraceValue };

export type TraceNode = { readonly [key: string]: TraceValue };

/** A node while it is made. Members are added one by one: spreading objects together costs several times as much. */
export type NodeInMaking = { [key: string]: TraceValue };

/** Why a delivery costs what it costs: plain JSON, made canonical by `canonicalJson`. */
export type Trace = TraceNode;

/** Minor units in JSON: an integer where a double holds it exactly, digits in a string beyond. */
export function minorValue(minor: bigint): number | string {
  const value = Number(minor);
  return Number.isSafeInteger(value) ? value : minor.toString();
}
