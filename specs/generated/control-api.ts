// Made by `npm run types` from control-api.yaml. Changes here are lost: change the document.

export interface paths {
    "/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show the sandbox
         * @description What it plays, on which documents, and how its clock stands.
         */
        get: operations["getSandbox"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reset": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Back to the seed
         * @description Forgets what happened in this tenant. Its access tokens end, its clock runs. There is no way back.
         */
        post: operations["resetSandbox"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/clock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show the clock
         * @description The virtual time and whether it runs.
         */
        get: operations["getClock"];
        /**
         * Move, freeze or release the clock
         * @description What became due on the way has happened when the answer comes.
         */
        put: operations["setClock"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/exchanges": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the log of exchanges
         * @description The last requests and their answers, oldest first, without their secrets. Without `after` the newest; with the
         *     `cursor` of a former answer those that came since, for which `waitSeconds` waits. The log is kept in memory: it
         *     starts anew with the process, and each process on a shared database has its own.
         */
        get: operations["listExchanges"];
        put?: never;
        post?: never;
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
        Sandbox: {
            /** @description Id of the ecosystem that it plays. */
            ecosystem: string;
            title: string;
            /** @description Digest of its documents. */
            catalogDigest: string;
            /** @description How many operations it serves. */
            operations: number;
            tenant: string;
            /** @description Ids and made-up values follow from it. */
            seed: string;
            clock: components["schemas"]["Clock"];
        };
        Clock: {
            /**
             * Format: date-time
             * @description Virtual time, RFC 3339 in UTC with milliseconds.
             */
            now: string;
            /** @enum {string} */
            mode: "running" | "frozen";
            /** @description How far it is ahead of the wall clock. */
            offsetMs: number;
        };
        ClockChange: {
            /**
             * @description ISO 8601 duration by which to move on: `PT2H`.
             * @example PT2H
             */
            advance?: string;
            /**
             * @description Instant to move to: RFC 3339, or a local time in the ecosystem's time zone.
             * @example 2025-03-31T21:00:00Z
             */
            set?: string;
            /**
             * @description As before where left out.
             * @enum {string}
             */
            mode?: "running" | "frozen";
        };
        ExchangePage: {
            items: components["schemas"]["Exchange"][];
            /** @description For `after`: what comes next. */
            cursor: string;
            /** @description How many had to make room since `after`. */
            missed: number;
        };
        Exchange: {
            sequence: number;
            /** @description As in the answer's Eco-Request-Id. */
            requestId: string;
            /**
             * Format: date-time
             * @description When it began by the wall clock.
             */
            at: string;
            /**
             * Format: date-time
             * @description When it was decided by the virtual clock.
             */
            virtualTime?: string;
            method: string;
            /** @description With its query. */
            path: string;
            operationId?: string;
            party?: string;
            /** @description 0 where a fault cut the connection. */
            status: number;
            /** @description Error code of a refused request. */
            code?: string;
            /** @description Fault rules that it met. */
            faults?: string[];
            durationMs: number;
            request: components["schemas"]["HttpMessage"];
            response: components["schemas"]["HttpMessage"];
        };
        HttpMessage: {
            headers: {
                [key: string]: string;
            };
            /** @description Left out where there was no body, or none was read. */
            bodyBytes?: number;
            /** @description Its beginning; left out where there is none, or more than 64 KiB. */
            body?: string;
        };
        /** @description RFC 9457. `code` is stable, `detail` is for people. */
        Problem: {
            /** Format: uri-reference */
            type: string;
            title: string;
            status: number;
            detail: string;
            code: string;
            fix?: string;
            instance?: string;
            errors?: {
                /** @description Place in the request. */
                pointer: string;
                detail: string;
            }[];
        };
    };
    responses: {
        /** @description Refused, or failed; with the reason. */
        Problem: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getSandbox: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The sandbox. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Sandbox"];
                };
            };
            default: components["responses"]["Problem"];
            "4XX": components["responses"]["Problem"];
        };
    };
    resetSandbox: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is as new. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
            "4XX": components["responses"]["Problem"];
        };
    };
    getClock: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The clock. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Clock"];
                };
            };
            default: components["responses"]["Problem"];
            "4XX": components["responses"]["Problem"];
        };
    };
    setClock: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ClockChange"];
            };
        };
        responses: {
            /** @description The clock as it stands now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Clock"];
                };
            };
            default: components["responses"]["Problem"];
            "4XX": components["responses"]["Problem"];
        };
    };
    listExchanges: {
        parameters: {
            query?: {
                /** @description `cursor` of a former answer. */
                after?: string;
                /** @description How many at most. */
                limit?: number;
                /** @description How long to wait where there is nothing yet. */
                waitSeconds?: number;
                /** @description Only exchanges of this operation. */
                operation?: string;
                /** @description Only exchanges of this party. */
                party?: string;
                /** @description Only answers of this status: `404`, `5xx`, or `cut` for connections that a fault cut. */
                status?: string;
                /** @description Only exchanges that met this fault rule; `any` for any. */
                fault?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Exchanges. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExchangePage"];
                };
            };
            default: components["responses"]["Problem"];
            "4XX": components["responses"]["Problem"];
        };
    };
}
