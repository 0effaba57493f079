import type { Company, Outline } from "./outline.ts";
import { quote } from "./quote.ts";

/** `ecosystem.yaml`: who takes part, in which role, and how the sandbox plays them. */
export function ecosystemText(outline: Outline): string {
  const { id, name, orchestrator, provider, customer, timeZone, currency } = outline;
  const party = ({ id: partyId, name: title }: Company, role: string): string =>
    `  - { id: ${quote(partyId)}, name: ${quote(title)}, role: ${role}, standIn: true }`;
  const persona = ({ id: partyId }: Company): string =>
    `    - { party: ${quote(partyId)}, clientId: sandbox-${partyId}, clientSecret: sandbox-${partyId}-secret }`;
  return `# Who takes part. The sandbox plays the parties until a real company takes the place of one.
ecoVersion: "1"
kind: ecosystem
id: ${quote(id)}
version: 1.0.0
title: ${quote(name)}
description: ${quote(`Customers of ${name} are served by companies that join it.`)}
orchestrator: ${quote(orchestrator.id)}
timeZone: ${quote(timeZone)}
currency: ${currency}
roles:
  - id: orchestrator
    title: Orchestrator
    description: Sets the rules and runs the platform.
    decisionRights: [Sets the prices and the terms.]
    scopes: ["parties:read", "agreements:read", "agreements:accept", "deliveries:read", "events:read"]
  - id: complementor
    title: Provider
    description: Delivers to the customers.
    decisionRights: [Reports what it delivered.]
    scopes: ["parties:read", "agreements:read", "agreements:accept", "deliveries:write", "deliveries:read", "events:read"]
  - id: customer
    title: Customer
    description: Receives, and pays.
    decisionRights: [Objects to what it is charged.]
    scopes: ["parties:read", "agreements:read", "agreements:accept", "deliveries:read", "events:read"]
parties:
${party(orchestrator, "orchestrator")}
${party(provider, "complementor")}
${party(customer, "customer")}
# Credentials for tests, for everybody to see. Real partners get their own when they register.
testData:
  seed: ${quote(id)}
  personas:
${[orchestrator, provider, customer].map(persona).join("\n")}
`;
}

/** `agreement.yaml`: what everybody agrees to when it joins. */
export function agreementText({ name, orchestrator, productId, currency }: Outline): string {
  return `# What each company accepts when it joins.
ecoVersion: "1"
kind: agreement
id: terms
version: 1.0.0
title: ${quote(`Terms of ${name}`)}
description: Between the orchestrator, those who deliver, and their customers.
status: in-force
engagedParty:
  - { role: orchestrator, id: ${quote(orchestrator.id)} }
  - { role: complementor }
  - { role: customer }
validFor: { start: "2025-01-01" }
terms:
  commercial:
    title: Prices and payment
    rateCards: [{ id: prices }]
    payment: { settlement: month, dueDays: 14, currency: ${currency}, invoicing: One statement a month. }
  serviceLevels:
    - id: on-time
      title: On time
      description: A fifth is credited when it is more than a quarter of an hour late; who delivered bears it.
      products: [${quote(productId)}]
      measure: minutesLate
      target: { atMost: "15" }
      credit: { steps: [{ above: "15", percent: "20" }] }
      recourse: [{ role: provider, percent: "100" }]
`;
}

/** `rate-card.yaml`: what the product costs, and who gets what of it. */
export function rateCardText(outline: Outline): string {
  const { product, productId, unit, price, currency, scale, timeZone, orchestrator } = outline;
  return `# What it costs, and how that is split.
ecoVersion: "1"
kind: rate-card
id: prices
version: 1.0.0
title: Prices
description: ${quote(`${product}, by the ${unit}.`)}
currency: ${currency}
scale: ${scale}
rounding: { mode: half-even, level: line }
timeZone: ${quote(timeZone)}
validFor: { start: "2025-01-01" }
tax:
  prices: exclusive
  level: line
  codes:
    none: { title: Exempt, rates: [{ percent: "0" }] }
entries:
  - product: ${quote(productId)}
    title: ${quote(product)}
    measures:
      quantity: { description: ${quote(`How much was delivered, by the ${unit}.`)}, unit: ${quote(unit)}, required: true, minimum: "0" }
      minutesLate: { description: Minutes over the promised time., unit: minute, required: false, minimum: "0" }
    price: { model: unit, measure: quantity, unitAmount: ${quote(price)} }
    taxCode: none
    split:
      remainder: first-listed
      shares:
        - { party: ${quote(orchestrator.id)}, percent: "10" }
        - { role: provider, remaining: true }
`;
}
