import type { Site } from "../site.ts";
import type { Attempt } from "./attempt.ts";

/** Does what might lead to a code. What it throws means that it can't be done with these specs. */
export type Try = (attempt: Attempt) => Promise<unknown>;

/** Ways that lead to a code with some specs, the most telling first. */
export type Way = (site: Site) => readonly Try[];
