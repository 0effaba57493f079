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
