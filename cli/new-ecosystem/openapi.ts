import type { Outline } from "./outline.ts";
import { quote } from "./quote.ts";
import { schemasText } from "./schemas.ts";

/** `openapi.yaml`: what partners call. */
export function openapiText(outline: Outline): string {
  const { name, domain, productId, customer, provider } = outline;
  return `# What partners call. Paths, names and shapes are yours: \`x-eco-capability\` says what an operation means, and
# \`x-eco-bind\` where its values are, if not under their own names. \`eco specs capabilities\` lists all that there is;
# an operation without one is served from state that follows from its schemas.
openapi: 3.1.0
info:
  title: ${quote(name)}
  version: 1.0.0
  description: ${quote(`The partner API of ${name}.`)}
servers:
  - url: https://api.${domain}/v1
security:
  - oauth2: []
tags:
  - { name: Access, description: Tokens. }
  - { name: Parties, description: Joining. }
  - { name: Agreements, description: What is agreed to. }
  - { name: Deliveries, description: "What was delivered, and what it costs." }
  - { name: Events, description: What happened. }
paths:
  /oauth/token:
    post:
      operationId: issueToken
      tags: [Access]
      summary: Get an access token
      x-eco-capability: tokens.issue
      x-eco-bind:
        request:
          grantType: $request.body#/grant_type
          clientId: $request.body#/client_id
          clientSecret: $request.body#/client_secret
        response: { /access_token: accessToken, /token_type: tokenType, /expires_in: expiresInSeconds }
      security: []
      requestBody:
        required: true
        content:
          application/x-www-form-urlencoded:
            schema: { $ref: "#/components/schemas/TokenRequest" }
            example: { grant_type: client_credentials, client_id: sandbox-${provider.id}, client_secret: sandbox-${provider.id}-secret }
      responses:
        "200": { description: The token., content: { application/json: { schema: { $ref: "#/components/schemas/Token" } } } }
        default: { $ref: "#/components/responses/Problem" }
  /parties:
    post:
      operationId: registerParty
      tags: [Parties]
      summary: Register a company
      x-eco-capability: parties.register
      security: []
      requestBody:
        required: true
        content:
          application/json:
            schema: { $ref: "#/components/schemas/Registration" }
            example: { name: Second Hand, role: complementor, contacts: [{ name: Ada Berg, email: ada@second.example, purpose: technical }] }
      responses:
        "201": { description: The company and its credentials., content: { application/json: { schema: { $ref: "#/components/schemas/Registered" } } } }
        default: { $ref: "#/components/responses/Problem" }
  /parties/{partyId}:
    get:
      operationId: getParty
      tags: [Parties]
      summary: A company
      x-eco-capability: parties.get
      security: [{ oauth2: ["parties:read"] }]
      parameters: [{ $ref: "#/components/parameters/PartyId" }]
      responses:
        "200": { description: The company., content: { application/json: { schema: { $ref: "#/components/schemas/Party" } } } }
        default: { $ref: "#/components/responses/Problem" }
  /parties/{partyId}/onboarding:
    get:
      operationId: getOnboarding
      tags: [Parties]
      summary: How far a company is with joining
      x-eco-capability: onboarding.get
      security: [{ oauth2: ["parties:read"] }]
      parameters: [{ $ref: "#/components/parameters/PartyId" }]
      responses:
        "200": { description: Its steps., content: { application/json: { schema: { $ref: "#/components/schemas/Onboarding" } } } }
        default: { $ref: "#/components/responses/Problem" }
  /agreements:
    get:
      operationId: listAgreements
      tags: [Agreements]
      summary: What there is to agree to
      x-eco-capability: agreements.list
      security: [{ oauth2: ["agreements:read"] }]
      parameters: [{ $ref: "#/components/parameters/Limit" }, { $ref: "#/components/parameters/Cursor" }]
      responses:
        "200": { description: A page of agreements., content: { application/json: { schema: { $ref: "#/components/schemas/AgreementList" } } } }
        default: { $ref: "#/components/responses/Problem" }
  /agreements/{agreementId}:
    get:
      operationId: getAgreement
      tags: [Agreements]
      summary: An agreement with its whole text
      x-eco-capability: agreements.get
      security: [{ oauth2: ["agreements:read"] }]
      parameters: [{ $ref: "#/components/parameters/AgreementId" }]
      responses:
        "200": { description: The agreement., content: { application/json: { schema: { $ref: "#/components/schemas/Agreement" } } } }
        default: { $ref: "#/components/responses/Problem" }
  /agreements/{agreementId}/acceptances:
    post:
      operationId: acceptAgreement
      tags: [Agreements]
      summary: Accept an agreement
      x-eco-capability: agreements.accept
      security: [{ oauth2: ["agreements:accept"] }]
      parameters: [{ $ref: "#/components/parameters/AgreementId" }]
      requestBody:
        required: true
        content:
          application/json:
            schema: { $ref: "#/components/schemas/NewAcceptance" }
            example: { version: 1.0.0, acceptedBy: Ada Berg }
      responses:
        "201": { description: Accepted., content: { application/json: { schema: { $ref: "#/components/schemas/Acceptance" } } } }
        default: { $ref: "#/components/responses/Problem" }
  /deliveries:
    get:
      operationId: listDeliveries
      tags: [Deliveries]
      summary: The deliveries that you take part in
      x-eco-capability: deliveries.list
      security: [{ oauth2: ["deliveries:read"] }]
      parameters: [{ $ref: "#/components/parameters/Limit" }, { $ref: "#/components/parameters/Cursor" }]
      responses:
        "200": { description: A page of deliveries., content: { application/json: { schema: { $ref: "#/components/schemas/DeliveryList" } } } }
        default: { $ref: "#/components/responses/Problem" }
    post:
      operationId: submitDelivery
      tags: [Deliveries]
      summary: Report what was delivered
      x-eco-capability: deliveries.submit
      security: [{ oauth2: ["deliveries:write"] }]
      requestBody:
        required: true
        content:
          application/json:
            schema: { $ref: "#/components/schemas/NewDelivery" }
            example:
              product: ${quote(productId)}
              customer: ${quote(customer.id)}
              provider: ${quote(provider.id)}
              startedAt: "2025-03-03T10:00:00Z"
              endedAt: "2025-03-03T12:00:00Z"
              usage: { quantity: 2, minutesLate: 0 }
      responses:
        "201": { description: "Rated, split and booked.", content: { application/json: { schema: { $ref: "#/components/schemas/Delivery" } } } }
        "200": { description: Known already., content: { application/json: { schema: { $ref: "#/components/schemas/Delivery" } } } }
        default: { $ref: "#/components/responses/Problem" }
  /deliveries/{deliveryId}:
    get:
      operationId: getDelivery
      tags: [Deliveries]
      summary: A delivery with what it costs
      x-eco-capability: deliveries.get
      security: [{ oauth2: ["deliveries:read"] }]
      parameters: [{ name: deliveryId, in: path, required: true, schema: { type: string } }]
      responses:
        "200": { description: The delivery., content: { application/json: { schema: { $ref: "#/components/schemas/Delivery" } } } }
        default: { $ref: "#/components/responses/Problem" }
  /events:
    get:
      operationId: listEvents
      tags: [Events]
      summary: What happened
      x-eco-capability: events.list
      security: [{ oauth2: ["events:read"] }]
      parameters:
        - { name: type, in: query, description: Only events of this type., schema: { type: string } }
        - { name: subject, in: query, description: Only events about this id., schema: { type: string } }
        - { $ref: "#/components/parameters/Limit" }
        - { $ref: "#/components/parameters/Cursor" }
      responses:
        "200": { description: A page of events., content: { application/json: { schema: { $ref: "#/components/schemas/EventList" } } } }
        default: { $ref: "#/components/responses/Problem" }
components:
  securitySchemes:
    oauth2:
      type: oauth2
      flows:
        clientCredentials:
          tokenUrl: https://api.${domain}/v1/oauth/token
          scopes:
            "parties:read": Read companies.
            "agreements:read": Read agreements.
            "agreements:accept": Accept agreements.
            "deliveries:write": Report deliveries.
            "deliveries:read": Read deliveries.
            "events:read": Read events.
  parameters:
    PartyId: { name: partyId, in: path, required: true, schema: { type: string } }
    AgreementId: { name: agreementId, in: path, required: true, schema: { type: string } }
    Limit: { name: limit, in: query, description: How many at most., schema: { type: integer, minimum: 1, maximum: 500 } }
    Cursor: { name: cursor, in: query, description: The nextCursor of the page before., schema: { type: string } }
  responses:
    Problem:
      description: What is wrong, and where.
      content: { application/problem+json: { schema: { $ref: "#/components/schemas/Problem" } } }
${schemasText(outline)}`;
}
