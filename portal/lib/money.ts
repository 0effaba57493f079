/** Minor units as a person reads them: `formatMinor(24482926n, 2)` → `244,829.26`. */
export function formatMinor(amountMinor: bigint | number, scale: number): string {
  const amount = BigInt(amountMinor);
  const sign = amount < 0n ? "−" : "";
  const digits = (amount < 0n ? -amount : amount).toString().padStart(scale + 1, "0");
  const whole = digits.slice(0, digits.length - scale).replace(/\B(?=(\d{3})+(?!\d))/gu, ",");
  return scale === 0 ? sign + whole : `${sign}${whole}.${digits.slice(-scale)}`;
}

/** Widths of a bar of 1,000 units whose pieces are in proportion to non-negative amounts. */
export function proportions(amounts: readonly bigint[]): readonly { x: number; width: number }[] {
  const total = amounts.reduce((sum, amount) => sum + (amount > 0n ? amount : 0n), 0n);
  let before = 0n;
  return amounts.map((amount) => {
    const own = amount > 0n ? amount : 0n;
    if (total === 0n) return { x: 0, width: 0 };
    const x = Number((before * 1000n) / total);
    before += own;
    return { x, width: Number((before * 1000n) / total) - x };
  });
}
