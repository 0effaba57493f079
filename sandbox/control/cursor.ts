/** A place among what only grows, and in which beginning of it: a number alone would mean something else after a restart. */
export interface Cursor {
  /** 8 hex digits. */
  readonly epoch: string;
  readonly sequence: number;
}

/** `3f2a91c0.1z` */
export const cursorText = ({ epoch, sequence }: Cursor): string => `${epoch}.${sequence.toString(36)}`;

/** Undefined for what is no cursor. */
export function readCursor(text: string): Cursor | undefined {
  const [, epoch, digits = ""] = /^([0-9a-f]{8})\.([0-9a-z]+)$/.exec(text) ?? [];
  const sequence = Number.parseInt(digits, 36);
  return epoch === undefined || !Number.isSafeInteger(sequence) ? undefined : { epoch, sequence };
}
