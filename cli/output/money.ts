import { EcoError } from "../../specs/engine/errors/eco-error.ts";

/** `24482926` at scale 2 → `244,829.26`. Minor units only: what is shown is exactly what is booked. */
export function formatMinor(amountMinor: bigint | number, scale: number): string {
  const amount = BigInt(amountMinor);
  const digits = (amount < 0n ? -amount : amount).toString().padStart(scale + 1, "0");
  const whole = digits.slice(0, digits.length - scale).replace(/\B(?=(\d{3})+$)/g, ",");
  return `${amount < 0n ? "−" : ""}${whole}${scale === 0 ? "" : `.${digits.slice(-scale)}`}`;
}

/** Decimals of a currency's minor unit by ISO 4217, as the runtime knows them; 2 for a code that it doesn't know. */
export function scaleOf(currency: string): number {
  try {
    return (
      new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ??
      2
    );
  } catch {
    return 2;
  }
}

/** `120.5` in euros → 12050. @throws {EcoError} ECO_USAGE for what is no amount, or finer than the currency. */
export function parseAmount(text: string, currency: string, flag: string): number {
  const scale = scaleOf(currency);
  const match = /^(\d{1,12})(?:\.(\d+))?$/.exec(text.trim());
  const fraction = match?.[2] ?? "";
  if (match === null || fraction.length > scale)
    throw new EcoError("ECO_USAGE", `${flag} \`${text}\` is no amount in ${currency}.`, {
      fix: `Write it with at most ${scale} decimals, like ${scale === 0 ? "120" : `120.${"5".padEnd(scale, "0")}`}.`,
    });
  return Number(`${match[1]}${fraction.padEnd(scale, "0")}`);
}
