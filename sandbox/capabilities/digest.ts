import { canonicalJson } from "../rating/canonical.ts";
import { digestHex } from "../rating/hash.ts";
import type { Json } from "../store/store.ts";

/** `sha256:` and hex, over UTF-8 text. */
export const digestText = (content: string): string => ["sha256:", digestHex(content)].join("");

/** The same over the canonical form (RFC 8785) of a value, so that the order of members tells nothing. */
export const digestJson = (value: Json): string => digestText(canonicalJson(value));
