import type { Sandbox } from "../pipeline/sandbox.ts";
import { BUNDLE_FORMAT, BUNDLE_VERSION, type Bundle, type BundleFailure } from "./bundle-format.ts";

export interface BundleParts {
  readonly failure: BundleFailure;
  readonly log?: readonly string[];
}

/** How many exchanges of the log go into a bundle. */
const LOGGED = 500;

/**
 * The bundle of a sandbox as it stands. A recording that `control.session.keep()` began ends with it, and is in it.
 */
export async function bundleOf({ control }: Sandbox, { failure, log = [] }: BundleParts): Promise<Bundle> {
  const session = control.session.kept ? await control.session.take() : undefined;
  const state = await control.state.export();
  const { items } = control.log.read({ limit: LOGGED });
  return {
    kind: "bundle",
    format: BUNDLE_FORMAT,
    version: BUNDLE_VERSION,
    failure,
    ...(session === undefined ? {} : { session }),
    state,
    exchanges: items,
    log,
  };
}
