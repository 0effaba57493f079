const DASH = 45;
const POINT = 46;
const COLON = 58;
const T = 84;
const Z = 90;
const PLUS = 43;

/** Of each month, in years that aren't leap years. */
const DAYS = [0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/**
 * Whether a text is a `date-time` in the form that programs write: `2025-03-11T08:30:00.000Z`, with any fraction or none, in
 * UTC or with an offset. False says nothing: the 29th of February, leap seconds and all other forms are left to the library.
 */
export function isPlainDateTime(text: string): boolean {
  const isPunctuated =
    text.charCodeAt(4) === DASH &&
    text.charCodeAt(7) === DASH &&
    text.charCodeAt(10) === T &&
    text.charCodeAt(13) === COLON &&
    text.charCodeAt(16) === COLON;
  if (!isPunctuated) return false;
  const day = digits(text, 8);
  const isInRange =
    digits(text, 0) >= 0 &&
    digits(text, 2) >= 0 &&
    day >= 1 &&
    day <= (DAYS[digits(text, 5)] ?? 0) &&
    digits(text, 11) <= 23 &&
    digits(text, 14) <= 59 &&
    digits(text, 17) <= 59;
  return isInRange && isZone(text, text.charCodeAt(19) === POINT ? pastFraction(text) : 19);
}

/** Where the digits of a fraction end; NaN where there are none. */
function pastFraction(text: string): number {
  let at = 20;
  while (isDigit(text.charCodeAt(at))) at += 1;
  return at === 20 ? Number.NaN : at;
}

function isZone(text: string, at: number): boolean {
  const sign = text.charCodeAt(at);
  if (sign === Z) return text.length === at + 1;
  const isOffset = sign === PLUS || sign === DASH;
  return (
    isOffset &&
    text.length === at + 6 &&
    text.charCodeAt(at + 3) === COLON &&
    digits(text, at + 1) <= 23 &&
    digits(text, at + 4) <= 59
  );
}

const isDigit = (code: number): boolean => code >= 48 && code <= 57;

/** Two digits as a number; NaN where they are none. */
function digits(text: string, at: number): number {
  const [tens, ones] = [text.charCodeAt(at), text.charCodeAt(at + 1)];
  return isDigit(tens) && isDigit(ones) ? (tens - 48) * 10 + ones - 48 : Number.NaN;
}
