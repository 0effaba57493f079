// Made by `npm run types` from control-api.yaml. Changes here are lost: change the document.

import type { CompiledModule } from "../engine/catalog/schemas/precompiled.ts";

export declare const validators: CompiledModule["validators"];
export declare const patternLimits: NonNullable<CompiledModule["patternLimits"]>;
