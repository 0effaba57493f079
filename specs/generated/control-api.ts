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
}
