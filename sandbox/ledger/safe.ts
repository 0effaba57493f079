/** Minor units as JSON carries them. Throws where a number can't hold them exactly: such an amount must never be issued. */
export function toSafe(amountMinor: bigint): number {
  const amount = Number(amountMinor);
  if (!Number.isSafeInteger(amount))
    throw new RangeError(`${amountMinor} minor units are more than a JSON number holds exactly`);
  return amount;
}
