/** What a trace is made of: plain JSON. Amounts in minor units are integers, everything exact is a decimal string. */
export type TraceValue =
  | string
  | number
  | boolean
  | null
  | readonly TraceValue[]
  | { readonly [key: string]: TraceValue };

export type TraceNode = { readonly [key: string]: TraceValue };

/** Why a delivery costs what it costs: plain JSON, made canonical by `canonicalJson`. */
export type Trace = TraceNode;
