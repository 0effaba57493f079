/** Minor units of ISO 4217 that are not two. */
const MINOR_UNITS: Readonly<Record<string, number>> = {
  BHD: 3,
  BIF: 0,
  CLF: 4,
  CLP: 0,
  DJF: 0,
  GNF: 0,
  IQD: 3,
  ISK: 0,
  JOD: 3,
  JPY: 0,
  KMF: 0,
  KRW: 0,
  KWD: 3,
  LYD: 3,
  OMR: 3,
  PYG: 0,
  RWF: 0,
  TND: 3,
  UGX: 0,
  UYI: 0,
  UYW: 4,
  VND: 0,
  VUV: 0,
  XAF: 0,
  XOF: 0,
  XPF: 0,
};

/** Decimals of a currency's minor unit: EUR 2, JPY 0, KWD 3. */
export function minorUnits(currency: string): number {
  return MINOR_UNITS[currency] ?? 2;
}

/** `25611n` with scale 2 → `"256.11"`: always with all decimals of the currency, never a float. */
export function formatMinor(minor: bigint | number, scale: number): string {
  const amount = BigInt(minor);
  const text = (amount < 0n ? -amount : amount).toString().padStart(scale + 1, "0");
  const sign = amount < 0n ? "-" : "";
  return scale === 0 ? sign + text : `${sign}${text.slice(0, -scale)}.${text.slice(-scale)}`;
}

/** `-24482926` with scale 2 → `"−244,829.26"`: the same as a person reads it. */
export function readableMinor(minor: bigint | number, scale: number): string {
  const [whole = "", ...fraction] = formatMinor(minor, scale).split(".");
  return [whole.replace("-", "−").replace(/\B(?=(\d{3})+$)/g, ","), ...fraction].join(".");
}
