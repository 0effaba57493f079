import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import canonicalize from "canonicalize";
import type { Json } from "../store/store.ts";

/** `sha256:` and hex, over UTF-8 text. */
export const digestText = (content: string): string => `sha256:${bytesToHex(sha256(utf8ToBytes(content)))}`;

/** The same over the canonical form (RFC 8785) of a value, so that the order of members tells nothing. */
export const digestJson = (value: Json): string => digestText(canonicalize(value) ?? "null");
