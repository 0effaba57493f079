export interface ExportOptions {
  /** Leaves the private key out that signs tokens and certificates: who loads the state keeps a key of its own. */
  readonly withoutKey?: boolean;
}

export interface ImportOptions {
  /** What the sandbox holds may go. */
  readonly replace?: boolean;
  /** Takes a state of another spec set. */
  readonly otherSpecs?: boolean;
}
