/** Where a party's money goes. */
export interface BankAccount {
  /** Without spaces. */
  readonly iban: string;
  /** ISO 9362; 8 or 11 characters. */
  readonly bic?: string;
}

/** Whether the check digits fit (ISO 13616, modulo 97). Spaces and lower case don't count: the electronic form has neither. */
export function isIban(text: string): boolean {
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(text)) return false;
  let rest = 0;
  for (const character of text.slice(4) + text.slice(0, 4))
    for (const digit of Number.parseInt(character, 36).toString()) rest = (rest * 10 + Number(digit)) % 97;
  return rest === 1;
}
