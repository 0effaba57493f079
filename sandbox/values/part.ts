import { EcoError } from "../../specs/engine/errors/index.ts";
import { reasonOf } from "../../specs/engine/errors/reason.ts";

export const isMissing = (error: unknown): error is EcoError =>
  error instanceof EcoError && error.code === "ECO_PART_MISSING";

/**
 * A part of the program that is loaded at its first use, once. Whoever comes after a failed try tries again.
 * @param name what readers know it by: `deliveries.submit`
 * @returns what loads it; rejects with EcoError `ECO_PART_MISSING` where it can't be had
 */
export function part<T>(name: string, load: () => Promise<T>): () => Promise<T> {
  let loading: Promise<T> | undefined;
  return () => {
    loading ??= load().catch((cause: unknown) => {
      loading = undefined;
      throw new EcoError("ECO_PART_MISSING", `${name} can't be loaded: ${reasonOf(cause)}.`, { cause });
    });
    return loading;
  };
}
