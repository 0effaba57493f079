import type { Core } from "../pipeline/core.ts";
import { part } from "../values/part.ts";
import type { Alone } from "./session.ts";
import type { StateFile } from "./state-format.ts";
import type { ExportOptions, ImportOptions } from "./state-options.ts";

const files = part("state files", () => import("./state-file.ts"));

export interface StateControl {
  /** All that the sandbox holds at one moment: what is under way ends first. */
  export(options?: ExportOptions): Promise<StateFile>;
  /**
   * The sandbox holds what the file says, and nothing else; all of it or, on any error, none.
   * @throws EcoError `ECO_EXPORT_INVALID`, `ECO_EXPORT_OTHER_SPECS`, `ECO_SANDBOX_NOT_EMPTY`
   */
  import(file: unknown, options?: ImportOptions): Promise<void>;
}

export function createStateControl(core: Core, alone: Alone): StateControl {
  return {
    export: async (options = {}) => (await files()).exportState(core, alone, options),
    import: async (file, options = {}) => (await files()).importState(core, alone, file, options),
  };
}
