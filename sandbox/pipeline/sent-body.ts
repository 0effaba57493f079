const lossy = new TextDecoder();
const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The body of a request as it came, unpacked where it came packed. It is read as text once, whoever asks for that. */
export class SentBody {
  readonly kind = "body";
  readonly bytes: Uint8Array<ArrayBuffer>;
  #text: string | undefined;

  constructor(bytes: Uint8Array<ArrayBuffer>) {
    this.bytes = bytes;
  }

  /** Without a byte order mark, and with U+FFFD for what isn't UTF-8. */
  get text(): string {
    this.#text ??= lossy.decode(this.bytes);
    return this.#text;
  }

  /** As it is, a byte order mark included; undefined where it isn't UTF-8. */
  get utf8(): string | undefined {
    try {
      const text = strict.decode(this.bytes);
      if (!text.startsWith("\uFEFF")) this.#text = text;
      return text;
    } catch {
      return undefined;
    }
  }

  /** What is at hand already: its text, or else its bytes. */
  get kept(): string | Uint8Array {
    return this.#text ?? this.bytes;
  }
}
