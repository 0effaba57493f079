const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
] as const;

/** `2025-03` → `March 2025`; without its year where `short`, `Mar`. */
export function monthWords(month: string, short = false): string {
  const [year = "", number = ""] = month.split("-");
  const name = MONTHS[Number(number) - 1] ?? month;
  return short ? name.slice(0, 3) : `${name} ${year}`;
}

/** `2025-04-14` → `14 April 2025`. */
export function dayWords(day: string): string {
  return `${Number(day.slice(8, 10))} ${monthWords(day.slice(0, 7))}`;
}

/** Days since 1970-01-01. */
export const dayNumber = (day: string): number => Math.round(Date.parse(`${day}T00:00:00Z`) / 86_400_000);
