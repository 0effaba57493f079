/** Of a metric, over one span of time. */
export interface PublishedFigure {
  readonly value?: number;
  readonly met?: boolean;
  readonly reason?: string;
}

/** Of everybody together, where nobody's volume can be told from how many records there were. */
export interface WholeFigure extends PublishedFigure {
  readonly samples?: number;
  readonly part?: number;
  readonly of?: number;
}

/** The figures of a month, or of the catalogue's window that ends with the record. */
export interface PublishedScorecard {
  readonly period?: string;
  readonly from?: string;
  readonly until?: string;
  /** By metric. */
  readonly whole: Readonly<Record<string, WholeFigure>>;
  /** By party, then by metric. */
  readonly parties: Readonly<Record<string, Readonly<Record<string, PublishedFigure>>>>;
}

export interface PublishedPartner {
  readonly id: string;
  readonly name: string;
  readonly role: string;
  readonly status: string;
  readonly since?: string;
  readonly tier?: string;
}

export interface PublishedCertification {
  readonly id: string;
  readonly party: string;
  readonly level: string;
  readonly parts: readonly string[];
  readonly status: "issued" | "suspended" | "revoked" | "lapsed";
  readonly issuedAt: string;
  readonly expiresAt?: string;
  readonly build?: string;
  readonly certificate?: string;
}

/** A change of the specs that was announced. */
export interface PublishedChange {
  readonly id: string;
  readonly title: string;
  readonly level: string;
  readonly announcedAt: string;
  readonly effectiveAt: string;
  /** From when it could hold by the notice that was promised; absent where the API doesn't tell. */
  readonly earliestAt?: string;
  readonly withdrawnAt?: string;
}

export interface PublishedIssuer {
  readonly party: string;
  readonly keys: readonly Readonly<Record<string, string>>[];
  readonly statusList?: string;
}

/** What an orchestrator publishes of how its ecosystem does; `specs/schemas/published-record.schema.json` describes it. */
export interface PublishedRecord {
  readonly format: "eco-record";
  readonly version: 1;
  readonly ecosystem: string;
  readonly title: string;
  /** RFC 3339, of the sandbox or API that it was taken from. */
  readonly recordedAt: string;
  readonly catalogDigest: string;
  readonly partners: readonly PublishedPartner[];
  readonly issuer?: PublishedIssuer;
  readonly certifications: readonly PublishedCertification[];
  /** The latest last. */
  readonly scorecards: readonly PublishedScorecard[];
  /** The earliest first; absent where the API knows of no changes. */
  readonly changes?: readonly PublishedChange[];
  /** Over the canonical JSON of everything else. */
  readonly digest: string;
}
