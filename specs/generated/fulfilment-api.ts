// Made by `npm run types` from openapi/fulfilment-api.yaml. Changes here are lost: change the document.

export interface paths {
    "/work-orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the orders
         * @description All orders that you were handed, oldest first, in pages.
         */
        get: operations["listOffers"];
        put?: never;
        /**
         * Take in an offer
         * @description Stores the offer as `offered`. Taking it in isn't taking it on: that is `acceptOffer`, before `respondBy`.
         *     Offering an order again that you know, with the same content, answers 200 with the order as it is.
         */
        post: operations["offerWorkOrder"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/work-orders/{workOrderId}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The order's id, as the campus gave it.
                 * @example wo_01
                 */
                workOrderId: components["parameters"]["WorkOrderId"];
            };
            cookie?: never;
        };
        /**
         * Show an order
         * @description The order as you hold it. What was written is what is read.
         */
        get: operations["getOffer"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/work-orders/{workOrderId}/acceptance": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The order's id, as the campus gave it.
                 * @example wo_01
                 */
                workOrderId: components["parameters"]["WorkOrderId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Accept an offered order
         * @description Binds you to deliver at the appointed time, or at the one that you name within the same day.
         */
        post: operations["acceptOffer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/work-orders/{workOrderId}/decline": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The order's id, as the campus gave it.
                 * @example wo_01
                 */
                workOrderId: components["parameters"]["WorkOrderId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Decline an offered order
         * @description Passes the order on to your substitute, if there is one. It costs you nothing but the order.
         */
        post: operations["declineOffer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/work-orders/{workOrderId}/reschedule": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The order's id, as the campus gave it.
                 * @example wo_01
                 */
                workOrderId: components["parameters"]["WorkOrderId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Move an order
         * @description The customer needs another time. Refuse with 409 what you can't do; the order then stays as it was.
         */
        post: operations["rescheduleOffer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/work-orders/{workOrderId}/cancellation": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The order's id, as the campus gave it.
                 * @example wo_01
                 */
                workOrderId: components["parameters"]["WorkOrderId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Call an order off
         * @description The customer doesn't need it any more.
         */
        post: operations["cancelOffer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/work-orders/{workOrderId}/report": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The order's id, as the campus gave it.
                 * @example wo_01
                 */
                workOrderId: components["parameters"]["WorkOrderId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Report how far an order is
         * @description Puts the order in progress. Your own people or systems send it through your implementation; the campus reads it
         *     from the order.
         */
        post: operations["reportProgress"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/work-orders/{workOrderId}/completion": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The order's id, as the campus gave it.
                 * @example wo_01
                 */
                workOrderId: components["parameters"]["WorkOrderId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Complete an order
         * @description Says what was delivered and when. The usage is what the delivery is rated by: it is yours to measure, and the
         *     customer's to dispute.
         */
        post: operations["completeOffer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * @description An identifier that the platform gives.
         * @example wo_01
         */
        Id: string;
        /**
         * @description A company's id in the ecosystem.
         * @example nordic-apps
         */
        PartyId: string;
        /**
         * @description What is ordered, as the rate cards name it.
         * @example catering-cover
         */
        Product: string;
        /**
         * Format: date-time
         * @description A moment, RFC 3339.
         * @example 2025-03-11T11:30:00+02:00
         */
        Instant: string;
        /** @description Words for people. */
        Text: string;
        /**
         * @description How far the order is.
         * @enum {string}
         */
        Status: "offered" | "accepted" | "declined" | "rescheduled" | "in-progress" | "completed" | "cancelled";
        /**
         * @description What was ordered, or measured. The rate card of the product names the measures.
         * @example {
         *       "covers": 37
         *     }
         */
        Usage: {
            /** @description How many are fed. */
            covers?: number;
            /** @description How long a kit is used. */
            hours?: number;
            /** @description How many are hosted. */
            visitors?: number;
            /** @description How late it came; negative is early. */
            delayMinutes?: number;
        } & {
            [key: string]: number;
        };
        Offer: {
            id: components["schemas"]["Id"];
            product: components["schemas"]["Product"];
            customer: components["schemas"]["PartyId"];
            scheduledFor: components["schemas"]["Instant"];
            usage?: components["schemas"]["Usage"];
            note?: components["schemas"]["Text"];
            respondBy: components["schemas"]["Instant"];
        };
        Acceptance: {
            /** @description Your own number for the order. */
            reference?: string;
            scheduledFor?: components["schemas"]["Instant"];
        };
        Reasoned: {
            reason: components["schemas"]["Text"];
        };
        Rescheduling: {
            scheduledFor: components["schemas"]["Instant"];
            reason: components["schemas"]["Text"];
        };
        Report: {
            note: components["schemas"]["Text"];
            expectedAt?: components["schemas"]["Instant"];
        };
        Completion: {
            startedAt: components["schemas"]["Instant"];
            endedAt?: components["schemas"]["Instant"];
            usage: components["schemas"]["Usage"];
            note?: components["schemas"]["Text"];
        };
        WorkOrder: {
            id: components["schemas"]["Id"];
            product: components["schemas"]["Product"];
            customer: components["schemas"]["PartyId"];
            scheduledFor: components["schemas"]["Instant"];
            usage?: components["schemas"]["Usage"];
            note?: components["schemas"]["Text"];
            respondBy?: components["schemas"]["Instant"];
            /** @description Your own number for the order. */
            reference?: string;
            reason?: components["schemas"]["Text"];
            expectedAt?: components["schemas"]["Instant"];
            startedAt?: components["schemas"]["Instant"];
            endedAt?: components["schemas"]["Instant"];
            status: components["schemas"]["Status"];
            updatedAt: components["schemas"]["Instant"];
        };
        WorkOrderList: {
            /** @description The page. */
            items: components["schemas"]["WorkOrder"][];
            /** @description Pass it on as `cursor` to get the next page. Absent on the last page. */
            nextCursor?: string;
        };
        /** @description RFC 9457. `code` is stable, `detail` is for people. */
        Problem: {
            /**
             * Format: uri-reference
             * @description What kind of problem it is, as a URI.
             */
            type: string;
            /** @description The kind in words. */
            title: string;
            /** @description The HTTP status. */
            status: number;
            /** @description What happened to which thing. */
            detail: string;
            /** @description A stable code of your own. */
            code: string;
            /** @description The places in the request that are wrong. */
            errors?: components["schemas"]["FieldProblem"][];
        };
        FieldProblem: {
            /** @description JSON pointer into the request as a URI fragment. */
            pointer: string;
            /** @description What is wrong there. */
            detail: string;
        };
    };
    responses: {
        /** @description The body can't be read as JSON. */
        BodyUnreadable: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description There is no token, or none that holds. */
        Unauthenticated: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The token holds, but lacks the scope. */
        Forbidden: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description There is no such order, or it is another tenant's. */
        NotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The order's state doesn't allow it, or another request is in the way. */
        Conflict: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The body isn't `application/json`. */
        UnsupportedMediaType: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The request doesn't meet its schema, or its idempotency key was used for another one. */
        RequestInvalid: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Too many requests. */
        RateLimited: {
            headers: {
                "Retry-After": components["headers"]["RetryAfter"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: {
        /**
         * @description The same on every retry of one call.
         * @example 5f0c1a52-6f5c-4c4e-9a39-0d2a4dc8b1f7
         */
        IdempotencyKey: string;
        /**
         * @description The order's id, as the campus gave it.
         * @example wo_01
         */
        WorkOrderId: components["schemas"]["Id"];
    };
    requestBodies: never;
    headers: {
        /**
         * @description Where the order is from now on.
         * @example /work-orders/wo_01
         */
        Location: string;
        /**
         * @description How many seconds to wait before the next try.
         * @example 12
         */
        RetryAfter: number;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listOffers: {
        parameters: {
            query?: {
                /**
                 * @description Only orders with this status.
                 * @example offered
                 */
                status?: components["schemas"]["Status"];
                /**
                 * @description How many items a page holds at most.
                 * @example 50
                 */
                limit?: number;
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of orders. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkOrderList"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["RequestInvalid"];
            429: components["responses"]["RateLimited"];
        };
    };
    offerWorkOrder: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The same on every retry of one call.
                 * @example 5f0c1a52-6f5c-4c4e-9a39-0d2a4dc8b1f7
                 */
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Offer"];
            };
        };
        responses: {
            /** @description The order was known already. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkOrder"];
                };
            };
            /** @description The order, waiting for your answer. */
            201: {
                headers: {
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkOrder"];
                };
            };
            400: components["responses"]["BodyUnreadable"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["RequestInvalid"];
            429: components["responses"]["RateLimited"];
        };
    };
    getOffer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The order's id, as the campus gave it.
                 * @example wo_01
                 */
                workOrderId: components["parameters"]["WorkOrderId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The order. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkOrder"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["RequestInvalid"];
            429: components["responses"]["RateLimited"];
        };
    };
    acceptOffer: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The same on every retry of one call.
                 * @example 5f0c1a52-6f5c-4c4e-9a39-0d2a4dc8b1f7
                 */
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
            };
            path: {
                /**
                 * @description The order's id, as the campus gave it.
                 * @example wo_01
                 */
                workOrderId: components["parameters"]["WorkOrderId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Acceptance"];
            };
        };
        responses: {
            /** @description The accepted order. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkOrder"];
                };
            };
            400: components["responses"]["BodyUnreadable"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["RequestInvalid"];
            429: components["responses"]["RateLimited"];
        };
    };
    declineOffer: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The same on every retry of one call.
                 * @example 5f0c1a52-6f5c-4c4e-9a39-0d2a4dc8b1f7
                 */
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
            };
            path: {
                /**
                 * @description The order's id, as the campus gave it.
                 * @example wo_01
                 */
                workOrderId: components["parameters"]["WorkOrderId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Reasoned"];
            };
        };
        responses: {
            /** @description The declined order. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkOrder"];
                };
            };
            400: components["responses"]["BodyUnreadable"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["RequestInvalid"];
            429: components["responses"]["RateLimited"];
        };
    };
    rescheduleOffer: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The same on every retry of one call.
                 * @example 5f0c1a52-6f5c-4c4e-9a39-0d2a4dc8b1f7
                 */
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
            };
            path: {
                /**
                 * @description The order's id, as the campus gave it.
                 * @example wo_01
                 */
                workOrderId: components["parameters"]["WorkOrderId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Rescheduling"];
            };
        };
        responses: {
            /** @description The order at its new time. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkOrder"];
                };
            };
            400: components["responses"]["BodyUnreadable"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["RequestInvalid"];
            429: components["responses"]["RateLimited"];
        };
    };
    cancelOffer: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The same on every retry of one call.
                 * @example 5f0c1a52-6f5c-4c4e-9a39-0d2a4dc8b1f7
                 */
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
            };
            path: {
                /**
                 * @description The order's id, as the campus gave it.
                 * @example wo_01
                 */
                workOrderId: components["parameters"]["WorkOrderId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Reasoned"];
            };
        };
        responses: {
            /** @description The cancelled order. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkOrder"];
                };
            };
            400: components["responses"]["BodyUnreadable"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["RequestInvalid"];
            429: components["responses"]["RateLimited"];
        };
    };
    reportProgress: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The same on every retry of one call.
                 * @example 5f0c1a52-6f5c-4c4e-9a39-0d2a4dc8b1f7
                 */
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
            };
            path: {
                /**
                 * @description The order's id, as the campus gave it.
                 * @example wo_01
                 */
                workOrderId: components["parameters"]["WorkOrderId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Report"];
            };
        };
        responses: {
            /** @description The order, in progress. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkOrder"];
                };
            };
            400: components["responses"]["BodyUnreadable"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["RequestInvalid"];
            429: components["responses"]["RateLimited"];
        };
    };
    completeOffer: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The same on every retry of one call.
                 * @example 5f0c1a52-6f5c-4c4e-9a39-0d2a4dc8b1f7
                 */
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
            };
            path: {
                /**
                 * @description The order's id, as the campus gave it.
                 * @example wo_01
                 */
                workOrderId: components["parameters"]["WorkOrderId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Completion"];
            };
        };
        responses: {
            /** @description The completed order. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkOrder"];
                };
            };
            400: components["responses"]["BodyUnreadable"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["RequestInvalid"];
            429: components["responses"]["RateLimited"];
        };
    };
}
