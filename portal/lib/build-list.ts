import type { RoleDefinition } from "../../specs/engine/catalog/types.ts";
import { documentsImplementedByPartners } from "../../specs/engine/certification/definitions.ts";
import { mayCall } from "./access.ts";
import { certificationOf } from "./certification.ts";
import { objects, text, texts } from "./json.ts";
import { firstSentence } from "./markdown.ts";
import { certificationRule, durationWords } from "./outcomes.ts";
import type { DocumentPage, JourneyPage, OperationPage, Site } from "./site.ts";
import { count } from "./words.ts";

/** Fewer operations than this need no word on where to begin. */
const A_HANDFUL = 5;

interface Link {
  readonly title: string;
  readonly href: string;
}

/** One thing that a member of a role has to do or build before going live. */
export interface BuildStep {
  readonly title: string;
  readonly text: string;
  readonly href?: string;
  readonly links: readonly Link[];
}

/** What a partner of this role must build, in the order in which it is needed, from the specs alone. */
export function buildListOf(role: RoleDefinition, site: Site): readonly BuildStep[] {
  const allowed = [...site.operations.values()].filter((page) => mayCall(role, page.operation, site));
  return [
    ...accessSteps(site),
    ...agreementSteps(role, site),
    ...clientSteps(allowed, site),
    ...providerSteps(role, site),
    ...receiverSteps(allowed, site),
    ...journeySteps(allowed, site),
    ...certifySteps(role, site),
  ];
}

function byCapability(site: Site, ...names: readonly string[]): readonly OperationPage[] {
  const all = [...site.operations.values()];
  return names.flatMap((name) => all.filter((page) => page.operation.capability?.name === name));
}

function linkTo(page: OperationPage): Link {
  return { title: page.operation.summary || page.operation.id, href: page.href };
}

function accessSteps(site: Site): readonly BuildStep[] {
  const pages = byCapability(site, "parties.register", "onboarding.get", "tokens.issue");
  if (pages.length === 0) return [];
  const words =
    "Register the company, keep the credentials that are shown once, and ask for access tokens with them.";
  return [{ title: "Join", text: words, links: pages.map(linkTo), href: "/start/" }];
}

/** The agreements that a party of the role is offered: those that name the role, or nobody in particular. */
export function agreementsFor(role: RoleDefinition, site: Site): readonly DocumentPage[] {
  return site.agreements.filter(({ document }) => {
    const parties = [...objects(document.content["engagedParty"])];
    const roles = parties
      .flatMap((party) => [text(party["role"]), ...texts(party["roles"])])
      .filter((one) => one !== "");
    const members = new Set(
      site.catalog.ecosystem.parties.filter((party) => party.role === role.id).map((party) => party.id),
    );
    const ids = parties.flatMap((party) => [text(party["party"]), text(party["id"])]);
    return roles.includes(role.id) || ids.some((id) => members.has(id));
  });
}

function agreementSteps(role: RoleDefinition, site: Site): readonly BuildStep[] {
  const pages = agreementsFor(role, site);
  if (pages.length === 0) return [];
  const links = pages.map(({ title, href }) => ({ title, href }));
  return [
    {
      title: "Accept the agreement",
      text: "Prices, service levels, data rights and participation rules, each a document with a version and a digest.",
      links,
      href: "/agreements/",
    },
  ];
}

function clientSteps(allowed: readonly OperationPage[], site: Site): readonly BuildStep[] {
  if (allowed.length === 0) return [];
  const tags = site.tags.filter((tag) => allowed.some((page) => page.tag === tag));
  const links = tags.slice(0, 8).map((tag) => ({ title: tag.title, href: tag.href }));
  return [
    {
      title: "Call the API",
      text: `${count(allowed.length, "operation is", "operations are")} open to this role.${allowed.length > A_HANDFUL ? " Most partners begin with a handful." : ""}`,
      links,
      href: "/api/",
    },
  ];
}

function providerSteps(role: RoleDefinition, site: Site): readonly BuildStep[] {
  const paths = new Set(documentsImplementedByPartners(site.catalog));
  const pages = [...site.operations.values()].filter((page) => paths.has(page.operation.document));
  const rule = certificationRule(role.id, site);
  const delivers = rule === undefined ? !hasRules(site) : rule.parts.includes("provider");
  if (pages.length === 0 || !delivers) return [];
  return [
    {
      title: "Answer calls",
      text: `Serve ${count(pages.length, "operation")} of your own: the ecosystem calls you when there is work.`,
      links: pages.slice(0, 8).map(linkTo),
      href: pages[0]?.tag.href ?? "/api/",
    },
  ];
}

// Where the participation rules name no role at all, every role is told of everything.
function hasRules(site: Site): boolean {
  return site.roles.some((role) => certificationRule(role.id, site) !== undefined);
}

function receiverSteps(allowed: readonly OperationPage[], site: Site): readonly BuildStep[] {
  const hooks = byCapability(site, "webhooks.create").filter((page) => allowed.includes(page));
  if (site.messages.length === 0 || hooks.length === 0) return [];
  return [
    {
      title: "Receive events",
      text: `One endpoint for ${count(site.messages.length, "signed event")}: check the signature over the body, answer at once, do the work once per id.`,
      links: hooks.map(linkTo),
      href: "/events/",
    },
  ];
}

/** The journeys in which the role can take every step but those of others, most of their steps first. */
export function journeysFor(allowed: readonly OperationPage[], site: Site): readonly JourneyPage[] {
  const ids = new Set(allowed.map((page) => page.operation.id));
  return site.journeys.filter(({ workflow }) => {
    const known = workflow.operations.filter((id) => site.operations.has(id));
    return known.length > 0 && known.filter((id) => ids.has(id)).length * 2 > known.length;
  });
}

function journeySteps(allowed: readonly OperationPage[], site: Site): readonly BuildStep[] {
  const journeys = journeysFor(allowed, site).slice(0, 6);
  if (journeys.length === 0) return [];
  const links = journeys.map((one) => ({
    title: firstSentence(one.workflow.summary) || one.workflow.id,
    href: one.href,
  }));
  return [
    {
      title: "Play the journeys",
      text: "Each is a sequence of calls with what must hold after every step; they run against the sandbox.",
      links,
      href: "/journeys/",
    },
  ];
}

function certifySteps(role: RoleDefinition, site: Site): readonly BuildStep[] {
  const { checks, levels } = certificationOf(site);
  const rule = certificationRule(role.id, site);
  if (checks.length === 0 || (rule === undefined && hasRules(site))) return [];
  const links = levels.map((level) => ({ title: level.title, href: level.href }));
  const needed =
    rule === undefined
      ? ""
      : `${levels.find((one) => one.id === rule.level)?.title ?? rule.level}, as ${rule.parts.join(", ")}`;
  const due = rule === undefined || rule.dueWithin === "" ? "" : ` within ${durationWords(rule.dueWithin)}`;
  const words = `Run ${count(checks.length, "check")} yourself, then submit: the sandbox repeats them and the certificate is issued.`;
  return [
    {
      title: "Get certified",
      text: needed === "" ? words : `Needed${due}: ${needed}. ${words}`,
      links,
      href: "/certify/",
    },
  ];
}
