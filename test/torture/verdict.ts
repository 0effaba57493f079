/** What a part of the torture found: its figures, and what must not be and is. */
export interface Verdict {
  readonly part: string;
  readonly figures: readonly string[];
  readonly violations: readonly string[];
}

export function printVerdict({ part, figures, violations }: Verdict): void {
  console.log(`${part}: ${figures.join("; ")}`);
  for (const violation of violations.slice(0, 20)) console.log(`  VIOLATED ${violation}`);
  if (violations.length > 20) console.log(`  … and ${violations.length - 20} more`);
}
