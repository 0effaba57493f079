import { sha256 } from "@noble/hashes/sha2.js";
import type { JsonObject } from "../store/store.ts";
import { base64url } from "../values/ids.ts";

/** What is known of a tenant that was created, whether or not it is open. */
export interface TenantRecord extends JsonObject {
  readonly id: string;
  /** Wall-clock time, RFC 3339. */
  readonly createdAt: string;
  /** Ids and made-up values of its sandbox follow from it. */
  readonly seed: string;
}

/** The tenant of the store that holds the list of the others: no tenant can be called so. */
export const REGISTRY = "~tenants";
export const TENANTS = "tenants";

const ID = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

export const isTenantId = (id: string): boolean => ID.test(id);

/** The token that controls one tenant: who has it knows nothing of that of the sandbox, nor of other tenants'. */
export const tenantToken = (token: string, id: string): string =>
  base64url(sha256(new TextEncoder().encode(`eco sandbox tenant\n${id}\n${token}`)));
