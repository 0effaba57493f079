import type { Handle } from "./receiver.ts";

/** Stands here so that the template can be checked; every starter gets one made of its event documents. */
export const handle: Handle = () => undefined;
