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
         * @description What became due on the way has happened when the answer comes: deadlines, retries of events, calls to builds. A
         *     receiver or a build that takes longer than five seconds isn't waited for.
         */
        put: operations["setClock"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tenants": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the tenants
         * @description Those that were created, in the order of it.
         */
        get: operations["listTenants"];
        put?: never;
        /**
         * Create a tenant
         * @description A sandbox of its own below `path`: with its own state, clock, keys, faults, rate limits, log, and its own control
         *     below `path` + `/_sandbox`. It costs nothing until it is called.
         */
        post: operations["createTenant"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tenants/{tenantId}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The tenant. */
                tenantId: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Remove a tenant
         * @description With all that it holds. There is no way back.
         */
        delete: operations["removeTenant"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/faults": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the fault rules
         * @description In the order in which they are asked, with how often each applied.
         */
        get: operations["listFaults"];
        put?: never;
        /**
         * Add fault rules
         * @description All of them, or none where one can't be used. They stay over a restart, until they are removed or the sandbox goes
         *     back to its seed.
         */
        post: operations["addFaults"];
        /**
         * Remove all fault rules
         * @description From then on nothing goes wrong on purpose.
         */
        delete: operations["clearFaults"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/faults/{faultId}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The rule. */
                faultId: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Remove a fault rule
         * @description What it did before stays done.
         */
        delete: operations["removeFault"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/state": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export the state
         * @description All that the tenant holds at one moment: what is under way ends first. It holds secrets of the sandbox, and its
         *     signing key unless that is left out.
         */
        get: operations["exportState"];
        /**
         * Import a state
         * @description The tenant holds what the file says and nothing else: all of it, or none where something is wrong. Access tokens
         *     are those of the state.
         */
        put: operations["importState"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show the recording
         * @description Whether a session is being recorded, and how large it is.
         */
        get: operations["getRecording"];
        put?: never;
        /**
         * Record a session
         * @description From here on all that happens is recorded in the memory of the sandbox, so that it can be replayed byte for byte.
         *     Decisions are taken one after the other meanwhile.
         */
        post: operations["startRecording"];
        /**
         * Stop recording, and get the session
         * @description What is under way ends first. The answer is the only copy.
         */
        delete: operations["stopRecording"];
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
    "/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the events
         * @description Everything that happened, oldest first, as it goes over the wire. With the `cursor` of a former answer what came
         *     since, for which `waitSeconds` waits; the cursor holds across a restart of the sandbox. After a reset, or on a
         *     database that is new, it begins again and says so by `anew`.
         */
        get: operations["listEvents"];
        put?: never;
        /**
         * Have a message sent
         * @description Makes a payload of a message of the event documents, from its examples or its schema by `seed`, puts the overrides
         *     in and sends it, signed, to the registered endpoints, as if it had happened. Nothing else of the state changes.
         */
        post: operations["triggerEvent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/events/{eventId}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The event's id. */
                eventId: components["parameters"]["EventId"];
            };
            cookie?: never;
        };
        /**
         * Show an event
         * @description The event, and every attempt to bring it to an endpoint.
         */
        get: operations["getEvent"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/events/{eventId}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The event's id. */
                eventId: components["parameters"]["EventId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send an event again
         * @description To every endpoint that may have it, with the same id; a receiver takes it for the duplicate that it is.
         */
        post: operations["replayEvent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/endpoints": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the endpoints
         * @description Where the webhooks of all parties go, without their secrets.
         */
        get: operations["listEndpoints"];
        put?: never;
        /**
         * Register an endpoint
         * @description It needs no challenge. Its secret is shown this once.
         */
        post: operations["registerEndpoint"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/endpoints/{endpointId}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The endpoint's id. */
                endpointId: components["parameters"]["EndpointId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Remove an endpoint
         * @description Nothing more is sent to it.
         */
        delete: operations["removeEndpoint"];
        options?: never;
        head?: never;
        /**
         * Pause or resume an endpoint
         * @description What a paused one misses is kept, and sent in order when it resumes. One that is disabled, or that never answered
         *     its challenge, becomes active too.
         */
        patch: operations["updateEndpoint"];
        trace?: never;
    };
    "/endpoints/{endpointId}/secret": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The endpoint's id. */
                endpointId: components["parameters"]["EndpointId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Replace the signing secret
         * @description The former one signs beside it for a day of virtual time.
         */
        post: operations["rotateEndpointSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/parties": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the parties
         * @description Every company of the sandbox; of those that the sandbox plays also how they act.
         */
        get: operations["listParties"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/parties/{partyId}/behaviour": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The party's id. */
                partyId: components["parameters"]["PartyId"];
            };
            cookie?: never;
        };
        /**
         * Show how a party acts
         * @description What a stand-in was told last, else what the manifest says, else on time.
         */
        get: operations["getPartyBehaviour"];
        /**
         * Tell a party how to act
         * @description A party that the sandbox plays acts so from now on. With `forward` a build of one's own answers in its place: what
         *     the party is offered goes there over HTTP, by the operations of the spec set that partners implement.
         */
        put: operations["setPartyBehaviour"];
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
        NewTenant: {
            /** @description A part of its URL: lower-case letters, digits and hyphens. */
            id: string;
            /** @description That of the sandbox where left out. */
            seed?: string;
        };
        Tenant: {
            id: string;
            /**
             * Format: date-time
             * @description Wall-clock time.
             */
            createdAt: string;
            seed: string;
            /** @description What its URLs begin with, below the base URL of the sandbox. */
            path: string;
        };
        CreatedTenant: components["schemas"]["Tenant"] & {
            /** @description Controls this tenant and no other. */
            controlToken?: string;
        };
        FaultRules: {
            rules: components["schemas"]["rule"][];
        };
        FaultRule: components["schemas"]["rule"];
        FaultList: {
            items: components["schemas"]["FaultStatus"][];
        };
        FaultStatus: {
            id: string;
            rule: components["schemas"]["rule"];
            /**
             * @description Whether the sandbox was started with it.
             * @enum {string}
             */
            source: "start" | "added";
            /** @description How many requests or events it was for. */
            met: number;
            /** @description To how many of them it did something. */
            applied: number;
            /** @description Whether its count is used up. */
            spent: boolean;
            /**
             * @description What keeps it from doing anything as things stand: a party or an endpoint that there isn't, a time that is
             *     over, a rule before it that always decides.
             */
            remarks?: string[];
        };
        StateFile: {
            /** @constant */
            kind: "state";
            /** @constant */
            format: "eco-state";
            version: number;
            /** Format: date-time */
            exportedAt?: string;
            ecosystem?: string;
            catalogDigest: string;
            documents: {
                path: string;
                digest: string;
            }[];
            tenant?: string;
            /** @description What secrets it holds. */
            notice?: string;
            /** @description Records, events, transactions, balances, dispatches, remembered answers. */
            state: Record<string, never>;
            /** @description Digest of the state. */
            seal: string;
        };
        Recording: {
            recording: boolean;
            /** @description How much of it is kept in memory. */
            bytes: number;
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
        EventPage: {
            items: components["schemas"]["Event"][];
            /** @description For `after`: what comes next. */
            cursor: string;
            /** @description The sandbox began again since `after`: these are its first events. */
            anew: boolean;
        };
        Event: {
            /** @description Also the `webhook-id`. */
            id: string;
            sequence: number;
            type: string;
            subject: string;
            /**
             * Format: date-time
             * @description Virtual time.
             */
            time: string;
            /** @description Events of one key reach an endpoint in order. */
            orderKey: string;
            /** @description Parties that may read it. */
            audience: string[];
            /** @description The request that caused it. */
            causedBy: string;
            contentType: string;
            /** @description Those that its message declares; left out where there are none. */
            headers?: {
                [key: string]: string;
            };
            /** @description What goes over the wire. */
            body: string;
        };
        EventWithDispatches: components["schemas"]["Event"] & {
            dispatches: components["schemas"]["Dispatch"][];
        };
        Dispatch: {
            id: string;
            endpointId: string;
            /** @description Left out where the endpoint is gone. */
            url?: string;
            /** @enum {string} */
            state: "pending" | "done" | "failed";
            /**
             * Format: date-time
             * @description Virtual time, for a pending one.
             */
            nextAttemptAt?: string;
            attempts: components["schemas"]["Attempt"][];
        };
        Attempt: {
            /**
             * Format: date-time
             * @description By the wall clock.
             */
            at: string;
            durationMs: number;
            /** @description What the endpoint answered. */
            status?: number;
            /** @description Why it doesn't count, or why there was no answer. */
            error?: string;
        };
        Trigger: {
            /** @description The message's type, its id, or the name of its domain event. */
            message: string;
            /** @description JSON pointer into the payload to the value in its place. */
            set?: {
                [key: string]: unknown;
            };
            /** @description Made-up values follow from it. */
            seed?: string;
            /** @description Only to this party's endpoints; left out to those of all. */
            party?: string;
        };
        EndpointList: {
            items: components["schemas"]["Endpoint"][];
        };
        Endpoint: {
            id: string;
            party: string;
            url: string;
            /** @description Which events are sent; all where it is empty. */
            types: string[];
            /** @enum {string} */
            status: "unverified" | "active" | "paused" | "disabled";
            disabledReason?: string;
        };
        EndpointWithSecret: components["schemas"]["Endpoint"] & {
            /** @description Of Standard Webhooks. */
            secret: string;
            /** @description When the one before ends, by virtual time. */
            previousSecretExpiresAt?: string;
        };
        NewEndpoint: {
            /** @description Whose events it gets. */
            party: string;
            /** Format: uri */
            url: string;
            types?: string[];
            /** @description A new one where left out. */
            secret?: string;
        };
        EndpointChange: {
            /** @enum {string} */
            status: "active" | "paused";
        };
        PartyBehaviour: {
            partyId: string;
            behaviour: string;
            /** @description Base URL of the build that answers in its place. */
            forward?: string;
        };
        PartyStanding: {
            partyId: string;
            name: string;
            role: string;
            /** @description `stand-in` where the sandbox plays it. */
            status: string;
            /** @description How the stand-in acts. */
            behaviour?: string;
            /** @description Base URL of the build that answers in its place. */
            forward?: string;
        };
        BehaviourChange: {
            /** @description Base URL of the build that answers from now on; null has the sandbox play the party again. */
            forward?: string | null;
            /** @description `on-time`, `late:25m`, `decline`, `silent` or `disputing`. */
            behaviour?: string;
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
        /**
         * Fault rule
         * @description Which requests or events it is for, when it applies, and what happens to them. With `event` it is for events.
         */
        rule: {
            /** @description Made where left out: `fault-1`. */
            id?: string;
            description?: string;
            /** @description Only this operation, by its id. */
            operation?: string;
            /**
             * @description Only this method.
             * @enum {unknown}
             */
            method?: "GET" | "PUT" | "POST" | "DELETE" | "OPTIONS" | "HEAD" | "PATCH" | "TRACE";
            /** @description Only requests to this path; `*` stands for anything: `/v1/deliveries/*`. */
            path?: string;
            /** @description Only events of this type, or of this domain event; `*` stands for anything. */
            event?: string;
            /** @description Only events to this webhook endpoint. */
            endpoint?: string;
            /** @description Only requests of this party, or events to it. */
            party?: string;
            /** @description How often, of 1; the same ones with the same seed. */
            probability?: number;
            /** @description How many times at most. */
            count?: number;
            /** @description The first so many are left alone. */
            skip?: number;
            /** @description Only every so manieth: 3 is the third, the sixth, … */
            every?: number;
            /**
             * Format: date-time
             * @description From this instant of virtual time on.
             */
            from?: string;
            /**
             * Format: date-time
             * @description Before this instant of virtual time.
             */
            until?: string;
            /**
             * @description `before`, where left out: nothing is decided. `after`: it is decided and kept, and the answer is lost. For `latencyMs`, `status` and `drop`.
             * @enum {unknown}
             */
            phase?: "before" | "after";
            /** @description The answer comes so much later, by the wall clock. */
            latencyMs?: number;
            /** @description Up to so much later still; the same with the same seed. */
            jitterMs?: number;
            /** @description This status is answered, in the error format that the operation declares. */
            status?: number;
            /** @description `Retry-After` of the status. */
            retryAfterSeconds?: number;
            /**
             * @description The connection is cut without an answer. An event is lost: it counts as failed and isn't tried again.
             * @constant
             */
            drop?: true;
            /** @description The body of the answer comes in small pieces over this time, by the wall clock. */
            dripMs?: number;
            /**
             * @description `malformed`: it can't be read as what it says it is. `truncated`: the connection is cut halfway through it.
             * @enum {unknown}
             */
            body?: "malformed" | "truncated";
            /** @description The answer says that it is of this type, whatever it is. */
            contentType?: string;
            /** @description A tighter rate limit, for each party: more is answered 429 with Retry-After. */
            rateLimit?: {
                quota: number;
                windowSeconds: number;
            };
            /** @description The event comes so many times more. */
            duplicate?: number;
            /** @description The event comes so much later by the virtual clock, and those after it with it: `PT10M`. */
            delay?: string;
            /**
             * @description The event comes after its successor to the same endpoint and of the same key, if one follows within a minute of virtual time.
             * @constant
             */
            reorder?: true;
            /**
             * @description `wrong`: of another secret. `missing`: none. `stale`: right, and of an hour ago.
             * @enum {unknown}
             */
            signature?: "wrong" | "missing" | "stale";
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
    parameters: {
        /** @description The party's id. */
        PartyId: string;
        /** @description The event's id. */
        EventId: string;
        /** @description The endpoint's id. */
        EndpointId: string;
    };
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
    listTenants: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The tenants. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Tenant"][];
                    };
                };
            };
            default: components["responses"]["Problem"];
            "4XX": components["responses"]["Problem"];
        };
    };
    createTenant: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewTenant"];
            };
        };
        responses: {
            /** @description The tenant. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedTenant"];
                };
            };
            default: components["responses"]["Problem"];
            "4XX": components["responses"]["Problem"];
        };
    };
    removeTenant: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The tenant. */
                tenantId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is gone. */
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
    listFaults: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The rules. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FaultList"];
                };
            };
            default: components["responses"]["Problem"];
            "4XX": components["responses"]["Problem"];
        };
    };
    addFaults: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FaultRules"];
            };
        };
        responses: {
            /** @description The rules that were added. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FaultList"];
                };
            };
            default: components["responses"]["Problem"];
            "4XX": components["responses"]["Problem"];
        };
    };
    clearFaults: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description There are none left. */
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
    removeFault: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The rule. */
                faultId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is gone. */
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
    exportState: {
        parameters: {
            query?: {
                /** @description Leaves the signing key out; who imports the state keeps its own. */
                withoutKey?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The state, as `specs/schemas/sandbox-state.schema.json` describes it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StateFile"];
                };
            };
            default: components["responses"]["Problem"];
            "4XX": components["responses"]["Problem"];
        };
    };
    importState: {
        parameters: {
            query?: {
                /** @description What the sandbox holds may go. Without it, only a sandbox that nobody has worked in takes a state. */
                replace?: boolean;
                /** @description Takes a state that was made on other documents. */
                otherSpecs?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StateFile"];
            };
        };
        responses: {
            /** @description It is loaded. */
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
    getRecording: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The recording. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Recording"];
                };
            };
            default: components["responses"]["Problem"];
            "4XX": components["responses"]["Problem"];
        };
    };
    startRecording: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is being recorded. */
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
    stopRecording: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The session; each line is as `specs/schemas/session.schema.json` describes it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": string;
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
    listEvents: {
        parameters: {
            query?: {
                /** @description `cursor` of a former answer; `now` for what comes from now on. */
                after?: string;
                /** @description How many at most. */
                limit?: number;
                /** @description How long to wait where there is nothing yet. */
                waitSeconds?: number;
                /** @description Only events of this type, or of the domain event of this name. */
                type?: string;
                /** @description Only events that this party may read. */
                party?: string;
                /** @description Only events about this id. */
                subject?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Events. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventPage"];
                };
            };
            default: components["responses"]["Problem"];
            "4XX": components["responses"]["Problem"];
        };
    };
    triggerEvent: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Trigger"];
            };
        };
        responses: {
            /** @description The event as it is on its way. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Event"];
                };
            };
            default: components["responses"]["Problem"];
            "4XX": components["responses"]["Problem"];
        };
    };
    getEvent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The event's id. */
                eventId: components["parameters"]["EventId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The event. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventWithDispatches"];
                };
            };
            default: components["responses"]["Problem"];
            "4XX": components["responses"]["Problem"];
        };
    };
    replayEvent: {
        parameters: {
            query?: {
                /** @description Only to this party's endpoints. */
                party?: string;
            };
            header?: never;
            path: {
                /** @description The event's id. */
                eventId: components["parameters"]["EventId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The dispatches that were planned. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventWithDispatches"];
                };
            };
            default: components["responses"]["Problem"];
            "4XX": components["responses"]["Problem"];
        };
    };
    listEndpoints: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The endpoints. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EndpointList"];
                };
            };
            default: components["responses"]["Problem"];
            "4XX": components["responses"]["Problem"];
        };
    };
    registerEndpoint: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewEndpoint"];
            };
        };
        responses: {
            /** @description The endpoint. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EndpointWithSecret"];
                };
            };
            default: components["responses"]["Problem"];
            "4XX": components["responses"]["Problem"];
        };
    };
    removeEndpoint: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The endpoint's id. */
                endpointId: components["parameters"]["EndpointId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is gone. */
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
    updateEndpoint: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The endpoint's id. */
                endpointId: components["parameters"]["EndpointId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EndpointChange"];
            };
        };
        responses: {
            /** @description The endpoint. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Endpoint"];
                };
            };
            default: components["responses"]["Problem"];
            "4XX": components["responses"]["Problem"];
        };
    };
    rotateEndpointSecret: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The endpoint's id. */
                endpointId: components["parameters"]["EndpointId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The endpoint with its new secret. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EndpointWithSecret"];
                };
            };
            default: components["responses"]["Problem"];
            "4XX": components["responses"]["Problem"];
        };
    };
    listParties: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The parties, in the order in which they came. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["PartyStanding"][];
                    };
                };
            };
            default: components["responses"]["Problem"];
            "4XX": components["responses"]["Problem"];
        };
    };
    getPartyBehaviour: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The party's id. */
                partyId: components["parameters"]["PartyId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The behaviour. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PartyBehaviour"];
                };
            };
            default: components["responses"]["Problem"];
            "4XX": components["responses"]["Problem"];
        };
    };
    setPartyBehaviour: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The party's id. */
                partyId: components["parameters"]["PartyId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BehaviourChange"];
            };
        };
        responses: {
            /** @description The behaviour as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PartyBehaviour"];
                };
            };
            default: components["responses"]["Problem"];
            "4XX": components["responses"]["Problem"];
        };
    };
}
