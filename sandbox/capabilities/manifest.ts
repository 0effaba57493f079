import type { Catalog } from "../../specs/engine/catalog/types.ts";
import { textsOf } from "../../specs/engine/catalog/untyped.ts";
import { LEVELS, type Level } from "../../specs/engine/difference/change.ts";
import { oncePer } from "../../specs/engine/once-per.ts";
import { isObject, objectsIn } from "./define.ts";

/** What capabilities read of the ecosystem manifest. Its schema has checked it; spec sets without one get the defaults. */

type Part = { readonly [name: string]: unknown };

const partAt = (value: unknown, name: string): Part => {
  const part = isObject(value) ? value[name] : undefined;
  return isObject(part) ? part : {};
};

const partsAt = (value: unknown, name: string): Part[] =>
  objectsIn(isObject(value) ? value[name] : undefined);

const textAt = (part: Part, name: string): string | undefined => {
  const value = part[name];
  return typeof value === "string" ? value : undefined;
};

const textsAt = (part: Part, name: string): string[] => textsOf(part[name]);

const participation = (catalog: Catalog): Part => partAt(catalog.ecosystem.content, "participation");

export interface Persona {
  readonly party: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly behaviour?: string;
}

/** Published sandbox credentials of the manifest's test data. Read once per catalogue: every delivery asks for them. */
export const personasOf = oncePer(({ ecosystem }: Catalog): readonly Persona[] =>
  partsAt(partAt(ecosystem.content, "testData"), "personas").flatMap((part) => {
    const [party, clientId, clientSecret] = ["party", "clientId", "clientSecret"].map((name) =>
      textAt(part, name),
    );
    if (party === undefined || clientId === undefined || clientSecret === undefined) return [];
    const behaviour = textAt(part, "behaviour");
    return [{ party, clientId, clientSecret, ...(behaviour === undefined ? {} : { behaviour }) }];
  }),
);

export const personaOf = (catalog: Catalog, party: string): Persona | undefined =>
  personasOf(catalog).find((persona) => persona.party === party);

/** A value that makes something happen, published so that testers can cause it. */
export interface MagicValue {
  readonly capability: string;
  /** Canonical input field, with dots for depth. */
  readonly field: string;
  /** Its names from the outside in. */
  readonly path: readonly string[];
  readonly equals: string | boolean;
  readonly effect: Part;
}

/** Read once per catalogue: every delivery asks for them. */
export const magicOf = oncePer(({ ecosystem }: Catalog): readonly MagicValue[] =>
  partsAt(partAt(ecosystem.content, "testData"), "magic").flatMap((part) => {
    const when = partAt(part, "when");
    const [capability, field] = [textAt(when, "capability"), textAt(when, "field")];
    const { equals } = when;
    if (capability === undefined || field === undefined) return [];
    if (typeof equals !== "string" && typeof equals !== "boolean") return [];
    return [{ capability, field, path: field.split("."), equals, effect: partAt(part, "effect") }];
  }),
);

export interface OnboardingStepDefinition {
  readonly id: string;
  readonly title: string;
  readonly turn: "partner" | "orchestrator";
  readonly operation: string;
  readonly required: boolean;
}

export function onboardingOf(catalog: Catalog): { dueWithin?: string; steps: OnboardingStepDefinition[] } {
  const onboarding = partAt(participation(catalog), "onboarding");
  const dueWithin = textAt(onboarding, "dueWithin");
  const steps = partsAt(onboarding, "steps").map((step): OnboardingStepDefinition => {
    const id = textAt(step, "id") ?? "";
    return {
      id,
      title: textAt(step, "title") ?? id,
      turn: step["turn"] === "orchestrator" ? "orchestrator" : "partner",
      operation: textAt(step, "operation") ?? "",
      required: step["required"] !== false,
    };
  });
  return dueWithin === undefined ? { steps } : { dueWithin, steps };
}

/** Durations for disputes: until when one is to be decided, and for how long after rating one can be opened. */
export function disputeRules(catalog: Catalog): { dueWithin: string; openableFor?: string } {
  const disputes = partAt(participation(catalog), "disputes");
  const openableFor = textAt(disputes, "openableFor");
  return {
    dueWithin: textAt(disputes, "dueWithin") ?? "P14D",
    ...(openableFor === undefined ? {} : { openableFor }),
  };
}

/** Durations for a change of the specs that is as grave as its level. */
export interface ChangeTimes {
  /** From its announcement to the day on which it holds, at least. */
  readonly notice: string;
  /** For how long after it was proposed parties may object. */
  readonly objections: string;
}

export interface ChangeRules {
  readonly times: Readonly<Record<Level, ChangeTimes>>;
  /** Whether each objection has to be answered before the change is announced. */
  readonly answerObjections: boolean;
}

const USUAL_TIMES: ChangeTimes = { notice: "P30D", objections: "P14D" };
const AT_ONCE: ChangeTimes = { notice: "P0D", objections: "P0D" };

/** How changes of the specs are announced. Where only the times of breaking changes are told, they hold for what may break too. */
export function changeRules(catalog: Catalog): ChangeRules {
  const changes = partAt(participation(catalog), "changes");
  const timesOf = (level: Level, usual: ChangeTimes): ChangeTimes => {
    const told = partAt(changes, level);
    return {
      notice: textAt(told, "notice") ?? usual.notice,
      objections: textAt(told, "objections") ?? usual.objections,
    };
  };
  const breaking = timesOf("breaking", USUAL_TIMES);
  const usual = { breaking, "possibly-breaking": breaking, compatible: AT_ONCE, text: AT_ONCE };
  const times = { ...usual };
  for (const level of LEVELS) times[level] = timesOf(level, usual[level]);
  return { times, answerObjections: changes["answerObjections"] !== false };
}

/** For how long an issued certification lasts. */
export const certificationValidity = (catalog: Catalog): string =>
  textAt(partAt(participation(catalog), "certification"), "validFor") ?? "P365D";

/** For how long a partner's client is observed at most. */
export const observationLength = (catalog: Catalog): string =>
  textAt(partAt(participation(catalog), "certification"), "observeFor") ?? "P1D";

/** How long a waiver may last. */
export const longestWaiver = (catalog: Catalog): string =>
  textAt(partAt(participation(catalog), "certification"), "waiveFor") ?? "P90D";

export interface RoutingRule {
  readonly intent: string;
  readonly title: string;
  readonly assignee: string;
}

export interface Routing {
  readonly rules: readonly RoutingRule[];
  readonly fallback?: string;
  readonly resolution?: { readonly product: string; readonly firstContactMeasure: string };
}

export function routingOf(catalog: Catalog): Routing {
  const routing = partAt(catalog.ecosystem.content, "routing");
  const rules = partsAt(routing, "rules").flatMap((rule): RoutingRule[] => {
    const [intent, assignee] = [textAt(rule, "intent"), textAt(rule, "assignee")];
    if (intent === undefined || assignee === undefined) return [];
    return [{ intent, assignee, title: textAt(rule, "title") ?? intent }];
  });
  const fallback = textAt(routing, "fallback");
  const resolution = partAt(routing, "resolution");
  const [product, measure] = [textAt(resolution, "product"), textAt(resolution, "firstContactMeasure")];
  return {
    rules,
    ...(fallback === undefined ? {} : { fallback }),
    ...(product === undefined || measure === undefined
      ? {}
      : { resolution: { product, firstContactMeasure: measure } }),
  };
}

/** Who is asked next for a product when a provider doesn't take the order, by the ecosystem's rules. */
export function substitutesFor(catalog: Catalog, product: string, provider: string): string[] {
  const rule = partsAt(catalog.ecosystem.content, "substitutes").find((each) => {
    const products = textsAt(each, "products");
    return each["provider"] === provider && (products.length === 0 || products.includes(product));
  });
  return rule === undefined ? [] : textsAt(rule, "substitutes");
}

/** How long a provider has to answer an offer that doesn't say. */
export const responseWindow = (catalog: Catalog): string =>
  textAt(partAt(catalog.ecosystem.content, "workOrders"), "respondWithin") ?? "PT30M";

/** Whole steps from the worst to the best. */
export interface Scale {
  readonly minimum: number;
  readonly maximum: number;
}

/** How customers say how good it was: the scale, and for how long feedback can be given and changed. */
export function feedbackRules(catalog: Catalog): { scale: Scale; openFor: string; changeableFor: string } {
  const feedback = partAt(catalog.ecosystem.content, "feedback");
  const { minimum, maximum } = partAt(feedback, "scale");
  return {
    scale: {
      minimum: typeof minimum === "number" ? minimum : 1,
      maximum: typeof maximum === "number" ? maximum : 5,
    },
    openFor: textAt(feedback, "openFor") ?? "P60D",
    changeableFor: textAt(feedback, "changeableFor") ?? "P7D",
  };
}

export interface Severity {
  readonly id: string;
  readonly acknowledgeWithin?: string;
  readonly resolveWithin?: string;
}

/** What an incident of a cause excuses; nothing where a cause has no such rule. Lists that are left out narrow nothing. */
export interface ExcuseRule {
  readonly severities: readonly string[];
  readonly serviceLevels: readonly string[];
}

export interface IncidentRules {
  /** Gravest first. */
  readonly severities: readonly Severity[];
  /** None: any words are taken for a cause. */
  readonly causes: readonly { readonly id: string; readonly excuses?: ExcuseRule }[];
  readonly reviewWithin?: string;
}

/** How bad incidents can be, how soon each is to be acknowledged, resolved and reviewed, and what they excuse. */
export function incidentRules(catalog: Catalog): IncidentRules {
  const incidents = partAt(catalog.ecosystem.content, "incidents");
  const reviewWithin = textAt(incidents, "reviewWithin");
  return {
    severities: partsAt(incidents, "severities").map((part) => {
      const [acknowledgeWithin, resolveWithin] = [
        textAt(part, "acknowledgeWithin"),
        textAt(part, "resolveWithin"),
      ];
      return {
        id: textAt(part, "id") ?? "",
        ...(acknowledgeWithin === undefined ? {} : { acknowledgeWithin }),
        ...(resolveWithin === undefined ? {} : { resolveWithin }),
      };
    }),
    causes: partsAt(incidents, "causes").map((part) => {
      const rule = part["excuses"];
      const id = textAt(part, "id") ?? "";
      if (!isObject(rule)) return { id };
      return {
        id,
        excuses: { severities: textsAt(rule, "severities"), serviceLevels: textsAt(rule, "serviceLevels") },
      };
    }),
    ...(reviewWithin === undefined ? {} : { reviewWithin }),
  };
}
