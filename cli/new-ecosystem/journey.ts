import type { Outline } from "./outline.ts";
import { quote } from "./quote.ts";

/** A tenth of ten units is the price of one: nothing is left to round. */
const QUANTITY = 10n;

/** `journey.yaml`: the shortest way to money, and what must hold on it. */
export function journeyText({
  name,
  product,
  productId,
  provider,
  customer,
  orchestrator,
  priceMinor,
  typePrefix,
}: Outline): string {
  const net = priceMinor * QUANTITY;
  return `# The shortest way to money, as a test: \`eco journeys run first-delivery\`.
arazzo: 1.0.1
info:
  title: ${quote(`Journeys of ${name}`)}
  version: 1.0.0
sourceDescriptions:
  - { name: api, type: openapi, url: openapi.yaml }
workflows:
  - workflowId: first-delivery
    summary: The first delivery is rated and split
    description: ${quote(`Ten of ${product}, in time: the price of one is the orchestrator's, the rest the provider's.`)}
    inputs:
      type: object
      properties:
        clientId: { type: string, default: sandbox-${provider.id}, description: Client id of the provider. }
        clientSecret: { type: string, format: password, default: sandbox-${provider.id}-secret, description: Its secret. }
    steps:
      - stepId: signIn
        description: A token for the provider.
        operationId: issueToken
        requestBody:
          contentType: application/x-www-form-urlencoded
          payload: { grant_type: client_credentials, client_id: $inputs.clientId, client_secret: $inputs.clientSecret }
        successCriteria:
          - condition: $statusCode == 200
        outputs:
          token: $response.body#/access_token
      - stepId: submit
        description: What was delivered.
        operationId: submitDelivery
        parameters:
          - { name: Authorization, in: header, value: "Bearer {$steps.signIn.outputs.token}" }
        requestBody:
          contentType: application/json
          payload:
            product: ${quote(productId)}
            customer: ${quote(customer.id)}
            provider: ${quote(provider.id)}
            startedAt: "2025-03-03T10:00:00Z"
            endedAt: "2025-03-03T12:00:00Z"
            usage: { quantity: ${QUANTITY}, minutesLate: 0 }
        successCriteria:
          - condition: $statusCode == 201
          - condition: $response.body#/status == 'rated'
          - condition: $response.body#/netMinor == ${net}
          - condition: $response.body#/payableMinor == ${net}
        outputs:
          deliveryId: $response.body#/id
      - stepId: signInAsOrchestrator
        description: The provider sees its own share alone; who runs the platform sees all of them.
        operationId: issueToken
        requestBody:
          contentType: application/x-www-form-urlencoded
          payload:
            grant_type: client_credentials
            client_id: sandbox-${orchestrator.id}
            client_secret: sandbox-${orchestrator.id}-secret
        successCriteria:
          - condition: $statusCode == 200
        outputs:
          token: $response.body#/access_token
      - stepId: read
        description: Who gets what of it.
        operationId: getDelivery
        parameters:
          - { name: Authorization, in: header, value: "Bearer {$steps.signInAsOrchestrator.outputs.token}" }
          - { name: deliveryId, in: path, value: $steps.submit.outputs.deliveryId }
        successCriteria:
          - condition: $statusCode == 200
          - context: $response.body
            type: jsonpath
            condition: $.charges[0].shares[?@.party == '${orchestrator.id}' && @.amountMinor == ${priceMinor}]
          - context: $response.body
            type: jsonpath
            condition: $.charges[0].shares[?@.party == '${provider.id}' && @.amountMinor == ${net - priceMinor}]
      - stepId: hear
        description: Everybody whom it concerns is told.
        operationId: listEvents
        parameters:
          - { name: Authorization, in: header, value: "Bearer {$steps.signIn.outputs.token}" }
          - { name: subject, in: query, value: $steps.submit.outputs.deliveryId }
        successCriteria:
          - condition: $statusCode == 200
          - condition: $response.body#/items/0/type == '${typePrefix}.delivery.rated.v1'
        onFailure:
          - { name: askAgain, type: retry, retryAfter: 0.1, retryLimit: 20 }
    outputs:
      deliveryId: $steps.submit.outputs.deliveryId
`;
}
