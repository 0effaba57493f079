import type { Outline } from "./outline.ts";
import { quote } from "./quote.ts";

/** `components.schemas` of the partner API. */
export const schemasText = ({ productId, currency }: Outline): string => `  schemas:
    TokenRequest:
      type: object
      required: [grant_type, client_id, client_secret]
      properties:
        grant_type: { type: string, enum: [client_credentials] }
        client_id: { type: string }
        client_secret: { type: string, format: password }
    Token:
      type: object
      required: [access_token, token_type, expires_in]
      properties:
        access_token: { type: string }
        token_type: { type: string }
        expires_in: { type: integer }
    Contact:
      type: object
      additionalProperties: false
      required: [name, email, purpose]
      properties:
        name: { type: string }
        email: { type: string, format: email }
        purpose: { type: string }
    Registration:
      type: object
      additionalProperties: false
      required: [name, role, contacts]
      properties:
        id: { type: string, description: The id that it wants; that of a stand-in takes its place. }
        name: { type: string, minLength: 1, maxLength: 200 }
        role: { type: string, enum: [complementor, customer] }
        contacts: { type: array, minItems: 1, items: { $ref: "#/components/schemas/Contact" } }
        country: { type: string, pattern: "^[A-Z]{2}$" }
        bankAccount:
          type: object
          additionalProperties: false
          required: [iban]
          properties: { iban: { type: string }, bic: { type: string } }
    Registered:
      type: object
      required: [party, credentials]
      properties:
        party: { $ref: "#/components/schemas/Party" }
        credentials:
          type: object
          required: [clientId, clientSecret]
          properties: { clientId: { type: string }, clientSecret: { type: string, description: Shown this once. } }
    Party:
      type: object
      required: [id, name, role, status]
      properties:
        id: { type: string }
        name: { type: string }
        role: { type: string }
        status: { type: string }
    Onboarding:
      type: object
      required: [partyId, status, steps]
      properties:
        partyId: { type: string }
        status: { type: string }
        steps:
          type: array
          items:
            type: object
            required: [id, title, state]
            properties: { id: { type: string }, title: { type: string }, state: { type: string } }
    Agreement:
      type: object
      required: [id, version, digest, title, roles]
      properties:
        id: { type: string }
        version: { type: string }
        digest: { type: string, description: SHA-256 of the text that an acceptance cites. }
        title: { type: string }
        roles: { type: array, items: { type: string } }
        acceptedAt: { type: string, format: date-time }
        document: { type: object, description: The agreement itself. }
    AgreementList:
      type: object
      required: [items]
      properties:
        items: { type: array, items: { $ref: "#/components/schemas/Agreement" } }
        nextCursor: { type: string }
    NewAcceptance:
      type: object
      additionalProperties: false
      required: [version]
      properties:
        version: { type: string }
        digest: { type: string }
        acceptedBy: { type: string }
    Acceptance:
      type: object
      required: [id, agreementId, version, acceptedAt]
      properties:
        id: { type: string }
        agreementId: { type: string }
        version: { type: string }
        acceptedAt: { type: string, format: date-time }
    NewDelivery:
      type: object
      additionalProperties: false
      required: [product, customer, provider, startedAt, usage]
      properties:
        id: { type: string, maxLength: 64, description: "Yours, so that nothing is booked twice; made up where left out." }
        product: { type: string, enum: [${quote(productId)}] }
        customer: { type: string, description: Who pays. }
        provider: { type: string, description: Who delivered. }
        startedAt: { type: string, format: date-time }
        endedAt: { type: string, format: date-time }
        usage:
          type: object
          additionalProperties: false
          required: [quantity]
          properties:
            quantity: { type: number, minimum: 0 }
            minutesLate: { type: integer, minimum: 0 }
    Delivery:
      type: object
      required: [id, product, customer, status, startedAt]
      properties:
        id: { type: string }
        product: { type: string }
        customer: { type: string }
        provider: { type: string }
        status: { type: string }
        startedAt: { type: string }
        usage: { type: object }
        currency: { type: string, examples: [${currency}] }
        netMinor: { type: integer, description: In minor units. }
        serviceCreditMinor: { type: integer }
        payableMinor: { type: integer }
        charges: { type: array, items: { $ref: "#/components/schemas/Charge" } }
    Charge:
      type: object
      required: [payer, payee, payableMinor]
      properties:
        payer: { type: string }
        payee: { type: string }
        payableMinor: { type: integer }
        shares:
          type: array
          items:
            type: object
            required: [party, amountMinor]
            properties: { party: { type: string }, amountMinor: { type: integer } }
    DeliveryList:
      type: object
      required: [items]
      properties:
        items: { type: array, items: { $ref: "#/components/schemas/Delivery" } }
        nextCursor: { type: string }
    EventList:
      type: object
      required: [items]
      properties:
        items:
          type: array
          items:
            type: object
            required: [id, type, subject, time]
            properties:
              id: { type: string }
              type: { type: string }
              subject: { type: string }
              time: { type: string, format: date-time }
              data: { type: object }
        nextCursor: { type: string }
    Problem:
      type: object
      required: [type, title, status]
      properties:
        type: { type: string }
        title: { type: string }
        status: { type: integer }
        detail: { type: string }
        code: { type: string }
`;
