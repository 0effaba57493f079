/** Made by `integrations/journey-validators.ts`. */
declare module "virtual:journey-validators" {
  /** As `CompiledModule` of the catalogue: an ambient module can't import it by a relative path. */
  interface Compiled {
    readonly validators: Readonly<
      Record<
        string,
        {
          (value: unknown): boolean;
          errors?:
            | readonly {
                readonly instancePath: string;
                readonly schemaPath: string;
                readonly keyword: string;
                readonly params: Readonly<Record<string, unknown>>;
                readonly message?: string;
              }[]
            | null;
        }
      >
    >;
  }

  /** Those of all messages: stand-ins act on their own, so any event may come of any journey. */
  export const events: () => Promise<Compiled>;
  /** Workflow id → the validators of its operations. */
  export const loaders: Readonly<Record<string, () => Promise<Compiled>>>;
}
