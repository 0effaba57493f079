import type { Outline } from "./outline.ts";
import { quote } from "./quote.ts";

/** `asyncapi.yaml`: what the platform tells the companies that a delivery concerns. */
export function eventsText({ name, id, typePrefix, provider }: Outline): string {
  return `# What the platform tells, in CloudEvents. \`x-eco-event\` says what causes a message:
# \`eco specs capabilities\` lists all that there is.
asyncapi: 3.0.0
info:
  title: ${quote(`Events of ${name}`)}
  version: 1.0.0
defaultContentType: application/cloudevents+json
channels:
  events:
    address: /events
    messages:
      partyActivated: { $ref: "#/components/messages/partyActivated" }
      deliveryRated: { $ref: "#/components/messages/deliveryRated" }
operations:
  sendEvent:
    action: send
    channel: { $ref: "#/channels/events" }
components:
  messages:
    partyActivated:
      title: A company is active
      summary: It has accepted what its role needs.
      x-eco-event: party.activated
      payload:
        allOf:
          - { $ref: "#/components/schemas/Event" }
          - properties:
              type: { const: ${typePrefix}.party.activated.v1 }
              data:
                type: object
                required: [partyId]
                properties: { partyId: { type: string } }
      examples:
        - payload:
            specversion: "1.0"
            id: evt_01
            source: urn:eco:${id}
            type: ${typePrefix}.party.activated.v1
            subject: ${quote(provider.id)}
            time: "2025-03-03T09:00:00Z"
            datacontenttype: application/json
            data: { partyId: ${quote(provider.id)} }
    deliveryRated:
      title: A delivery was rated
      summary: Its price is fixed, split and booked.
      x-eco-event: delivery.rated
      payload:
        allOf:
          - { $ref: "#/components/schemas/Event" }
          - properties:
              type: { const: ${typePrefix}.delivery.rated.v1 }
              data:
                type: object
                required: [deliveryId]
                properties: { deliveryId: { type: string } }
      examples:
        - payload:
            specversion: "1.0"
            id: evt_02
            source: urn:eco:${id}
            type: ${typePrefix}.delivery.rated.v1
            subject: dlv_01
            time: "2025-03-03T12:00:00Z"
            datacontenttype: application/json
            data: { deliveryId: dlv_01 }
  schemas:
    Event:
      type: object
      required: [specversion, id, source, type, subject, time, data]
      properties:
        specversion: { const: "1.0" }
        id: { type: string }
        source: { type: string }
        type: { type: string }
        subject: { type: string }
        time: { type: string, format: date-time }
        datacontenttype: { const: application/json }
        data: { type: object }
`;
}
