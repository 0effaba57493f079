import type { TenantRecord } from "../tenants/tenant-record.ts";

export interface NewTenant {
  /** Lower-case letters, digits and hyphens: it is a part of its URL. */
  readonly id: string;
  /** Default: that of the sandbox. */
  readonly seed?: string | undefined;
}

/** A tenant as the control shows it. */
export interface TenantView extends TenantRecord {
  /** Below the sandbox's own base URL; the tenant's operations, and its own control, are below it. */
  readonly path: string;
}

export type CreatedTenant = TenantView & {
  /** Controls this tenant and no other; left out where the sandbox has no token. */
  readonly controlToken?: string;
};

/** Sandboxes beside the one that is controlled, on the same store. */
export interface TenantControl {
  /** In the order in which they were created. */
  list(): Promise<TenantView[]>;
  /** @throws EcoError `ECO_REQUEST_INVALID` for what is no id, `ECO_TENANT_EXISTS` */
  create(tenant: NewTenant): Promise<CreatedTenant>;
  /**
   * Forgets the tenant with all that it holds.
   * @throws EcoError `ECO_NOT_FOUND`
   */
  remove(id: string): Promise<void>;
}
