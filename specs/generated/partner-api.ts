// Made by `npm run types` from openapi/partner-api.yaml. Changes here are lost: change the document.

export interface paths {
    "/oauth/token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Get an access token
         * @description OAuth 2 client credentials. Send `client_id` and `client_secret` in the form, or by HTTP Basic.
         *     Without `scope` the token carries all scopes of your role; with it, only those named that the role has.
         *     A party whose onboarding isn't finished gets the onboarding scopes only.
         */
        post: operations["issueToken"];
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
         * List the companies of the ecosystem
         * @description The directory. Contacts are shown to the party itself, the orchestrator and the regulators only.
         */
        get: operations["listParties"];
        put?: never;
        /**
         * Register a company
         * @description The first step of onboarding, open to anyone. The answer holds the credentials; the secret is shown this once.
         *     Naming the id of a stand-in takes its place in the sandbox; an id that a real party holds is refused.
         */
        post: operations["registerParty"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/parties/{partyId}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The party's id.
                 * @example spacefinder
                 */
                partyId: components["parameters"]["PartyId"];
            };
            cookie?: never;
        };
        /**
         * Show a company
         * @description One entry of the directory.
         */
        get: operations["getParty"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change a company's own data
         * @description Only the fields given change. A party changes itself; the orchestrator may change any.
         */
        patch: operations["updateParty"];
        trace?: never;
    };
    "/parties/{partyId}/onboarding": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The party's id.
                 * @example spacefinder
                 */
                partyId: components["parameters"]["PartyId"];
            };
            cookie?: never;
        };
        /**
         * Where a company stands on its way to live
         * @description Every step of joining, whose turn it is, by when, and the operation that does it.
         */
        get: operations["getOnboarding"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/parties/{partyId}/credentials": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The party's id.
                 * @example spacefinder
                 */
                partyId: components["parameters"]["PartyId"];
            };
            cookie?: never;
        };
        /**
         * List the credentials that count
         * @description Their ids, without the secrets. More than one where a secret was replaced and the former one still counts:
         *     that one has an end.
         */
        get: operations["listCredentials"];
        put?: never;
        /**
         * Replace the client secret
         * @description New credentials. The former ones count beside them for a day, or as long as `overlap` says, so that every
         *     process can change over at its time; `PT0S` ends them at once. Their end is on the virtual clock. An end that
         *     they have already is put off by nothing. Tokens that were issued with them run out by themselves.
         */
        post: operations["rotateCredentials"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/parties/{partyId}/credentials/{clientId}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The party's id.
                 * @example spacefinder
                 */
                partyId: components["parameters"]["PartyId"];
                /**
                 * @description The id of the credentials.
                 * @example client_01
                 */
                clientId: components["parameters"]["ClientId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * End credentials at once
         * @description Such as those that were replaced, when nothing uses them any more. The last ones that nothing ends are refused:
         *     the company would be locked out. Tokens that were issued with them run out by themselves.
         */
        delete: operations["endCredentials"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/parties/{partyId}/exit": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The party's id.
                 * @example spacefinder
                 */
                partyId: components["parameters"]["PartyId"];
            };
            cookie?: never;
        };
        /**
         * See what leaving would come to
         * @description What is open: it can still be finished after the exit, and until then the company is `exiting`. Nothing is
         *     changed. For a company on its way out it says what that waits for.
         */
        get: operations["previewExit"];
        put?: never;
        /**
         * Leave the ecosystem
         * @description Ends the participation. New deliveries and work orders are refused from now on; offers that it hasn't answered go
         *     to the next in line. It is `exiting` while work orders, cases, disputes, commitments or amounts are open, and can
         *     finish them: accepted orders are completed, and what is owed is settled with its period. Then it is `exited`: its
         *     endpoints have had their last event, its certifications end, and it keeps reading and exporting its data.
         */
        post: operations["exitParty"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/parties/{partyId}/export": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The party's id.
                 * @example spacefinder
                 */
                partyId: components["parameters"]["PartyId"];
            };
            cookie?: never;
        };
        /**
         * Take all data of a company along
         * @description Everything that the ecosystem holds about the party, in one document, in the shapes of this API.
         */
        get: operations["exportPartyData"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/agreements": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the agreements
         * @description The agreements that your role is asked to accept, and those that you have accepted.
         *     Each composes commercial terms, service levels, data rights and participation rules.
         */
        get: operations["listAgreements"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/agreements/{agreementId}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The agreement's id.
                 * @example complementor
                 */
                agreementId: components["parameters"]["AgreementId"];
            };
            cookie?: never;
        };
        /**
         * Show an agreement
         * @description The agreement with its full text as a document, and its digest, which an acceptance cites.
         */
        get: operations["getAgreement"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/agreements/{agreementId}/acceptances": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The agreement's id.
                 * @example complementor
                 */
                agreementId: components["parameters"]["AgreementId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Accept an agreement
         * @description Binds your party to the version and digest that you name. When all agreements that your role needs are accepted,
         *     the party becomes active. A digest that isn't the current one is refused: read the agreement again.
         */
        post: operations["acceptAgreement"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rate-cards": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the rate cards
         * @description The price lists, each with the time for which it holds.
         */
        get: operations["listRateCards"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rate-cards/{rateCardId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show a rate card
         * @description The rate card as the document that rates deliveries. Nothing else decides a price.
         */
        get: operations["getRateCard"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List cases
         * @description The cases of your party as member, assignee or both, newest last.
         */
        get: operations["listCases"];
        put?: never;
        /**
         * Open a case
         * @description A member's request in one of the standard intents. The case is routed at once by the ecosystem's routing rules
         *     to the party that can resolve it; its notifications tell the member what happens.
         */
        post: operations["openCase"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cases/{caseId}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The case's id.
                 * @example cas_01
                 */
                caseId: components["parameters"]["CaseId"];
            };
            cookie?: never;
        };
        /**
         * Show a case
         * @description The case with its assignee and, once resolved, whether first contact was enough.
         */
        get: operations["getCase"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cases/{caseId}/routing": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The case's id.
                 * @example cas_01
                 */
                caseId: components["parameters"]["CaseId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Route a case to another party
         * @description Hands the case on. The assignee or the orchestrator may do so while it isn't resolved.
         */
        post: operations["routeCase"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cases/{caseId}/resolution": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The case's id.
                 * @example cas_01
                 */
                caseId: components["parameters"]["CaseId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Resolve a case
         * @description Ends the case and rates one delivery of `case-resolution`, which the orchestrator pays to the resolver:
         *     3.80, and 1.20 more at first contact. Quality is paid, not volume.
         */
        post: operations["resolveCase"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cases/{caseId}/notifications": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The case's id.
                 * @example cas_01
                 */
                caseId: components["parameters"]["CaseId"];
            };
            cookie?: never;
        };
        /**
         * List what the member was told
         * @description The notifications of a case, oldest first. Each stage of a case tells the member something.
         */
        get: operations["listCaseNotifications"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/work-orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List work orders
         * @description The orders in which your party takes part, oldest first.
         */
        get: operations["listWorkOrders"];
        put?: never;
        /**
         * Ask a provider for a service
         * @description Offers the order to the provider. When it declines, or says nothing by `respondBy`, the offer goes to the next
         *     substitute. Without `substitutes` those of the ecosystem's rules are used; an empty list means none.
         *     When nobody takes it, the order ends as `unfulfilled`.
         */
        post: operations["createWorkOrder"];
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
                 * @description The work order's id.
                 * @example wo_01
                 */
                workOrderId: components["parameters"]["WorkOrderId"];
            };
            cookie?: never;
        };
        /**
         * Show a work order
         * @description The order with every attempt to place it.
         */
        get: operations["getWorkOrder"];
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
                 * @description The work order's id.
                 * @example wo_01
                 */
                workOrderId: components["parameters"]["WorkOrderId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take a work order
         * @description The provider to whom it is offered takes it, before `respondBy`.
         */
        post: operations["acceptWorkOrder"];
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
                 * @description The work order's id.
                 * @example wo_01
                 */
                workOrderId: components["parameters"]["WorkOrderId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Decline a work order
         * @description The provider to whom it is offered refuses; the next substitute is asked in the same moment.
         */
        post: operations["declineWorkOrder"];
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
                 * @description The work order's id.
                 * @example wo_01
                 */
                workOrderId: components["parameters"]["WorkOrderId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Move a work order to another time
         * @description Customer, provider or orchestrator may move an order that hasn't ended.
         */
        post: operations["rescheduleWorkOrder"];
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
                 * @description The work order's id.
                 * @example wo_01
                 */
                workOrderId: components["parameters"]["WorkOrderId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel a work order
         * @description Customer, provider or orchestrator may cancel an order that hasn't ended. Nothing is rated.
         */
        post: operations["cancelWorkOrder"];
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
                 * @description The work order's id.
                 * @example wo_01
                 */
                workOrderId: components["parameters"]["WorkOrderId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Report progress on a work order
         * @description The provider says how far it is. The first report puts the order in progress.
         */
        post: operations["reportWorkOrder"];
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
                 * @description The work order's id.
                 * @example wo_01
                 */
                workOrderId: components["parameters"]["WorkOrderId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Complete a work order
         * @description The provider says what was delivered and when. The delivery is rated at once; its id is in `deliveryId`.
         *     Usage given here is laid over the usage of the order.
         */
        post: operations["completeWorkOrder"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/quotes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask what a delivery would cost
         * @description Rates a delivery that hasn't happened and books nothing. The answer is what `submitDelivery` would charge now:
         *     it reads the same rate cards, tiers filled so far included.
         */
        post: operations["createQuote"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List deliveries
         * @description The deliveries in which your party takes part, in the order in which they were submitted.
         */
        get: operations["listDeliveries"];
        put?: never;
        /**
         * Submit a delivery
         * @description A service was rendered. It is validated, rated on the buy and the sell side, split, taxed and booked in one step;
         *     the answer carries the charges that your party may see.
         *
         *     An `id` of your own makes the submission safe to repeat for ever: the same id with the same content answers 200
         *     with what is already booked; with other content it is refused with `ECO_DELIVERY_CONFLICT`.
         *
         *     A delivery that is part of another names it as `parent`.
         */
        post: operations["submitDelivery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/deliveries/batch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Submit up to 500 deliveries
         * @description Each row stands for itself: one that is refused doesn't hold up the others, and the answer says of each what
         *     became of it. A row whose `id` is known with the same content is `known`: sending a batch again books nothing twice.
         */
        post: operations["submitDeliveryBatch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/deliveries/{deliveryId}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The delivery's id.
                 * @example leg-2001-01-01-1145
                 */
                deliveryId: components["parameters"]["DeliveryId"];
            };
            cookie?: never;
        };
        /**
         * Show a delivery
         * @description The delivery with the charges that your party pays, is paid or has a share in.
         */
        get: operations["getDelivery"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/deliveries/{deliveryId}/explanation": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The delivery's id.
                 * @example leg-2001-01-01-1145
                 */
                deliveryId: components["parameters"]["DeliveryId"];
            };
            cookie?: never;
        };
        /**
         * Explain every cent of a delivery
         * @description The trace from the delivery to its postings: agreement and version, clause, quantity steps, tier by tier,
         *     rounding, split, service credit, recourse, tax. A machine can recompute it, and `lines` reads well to people.
         *     `attribution` says who caused which part of a delay, bears which part of a service credit, and answers for which part
         *     of what the customer's score is short of the best: by the measures of the deliveries that are part of this one, and by
         *     the recourse that the agreements set. Your own part stands under your name, and so do those of whom you deal with;
         *     the others' stand together, so that the parts sum to the whole.
         */
        get: operations["explainDelivery"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/deliveries/{deliveryId}/corrections": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The delivery's id.
                 * @example leg-2001-01-01-1145
                 */
                deliveryId: components["parameters"]["DeliveryId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Correct a delivery
         * @description Only what is given changes; measures given are laid over those known. The delivery is rated anew, and for each
         *     leg the new amount minus the old is booked: nothing posted is ever changed. In a closed period the difference
         *     books into the first open one.
         */
        post: operations["correctDelivery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/deliveries/{deliveryId}/cancellation": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The delivery's id.
                 * @example leg-2001-01-01-1145
                 */
                deliveryId: components["parameters"]["DeliveryId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel a delivery
         * @description Books the mirror of everything that was booked, to the cent. What was posted stays.
         */
        post: operations["cancelDelivery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/charges": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List charges
         * @description What your party pays, is paid, or has a share in, oldest first.
         */
        get: operations["listCharges"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/charges/{chargeId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show a charge
         * @description One charge with its split, service credit, recourse and tax.
         */
        get: operations["getCharge"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/balances": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the balances of ledger accounts
         * @description An account is `party/purpose` or `party/purpose/counterparty`. Positive is debit, negative is credit.
         *     Over all accounts of a currency the balances sum to zero; a party sees its own accounts.
         */
        get: operations["listBalances"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/postings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List ledger postings
         * @description Each posting debits or credits one account. The postings of a transaction sum to zero per currency.
         */
        get: operations["listPostings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/statements": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List statements
         * @description The statements of your party. Their numbers have no gaps.
         */
        get: operations["listStatements"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/statements/{statementId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show a statement
         * @description A party's lines of one period: a line for each booking of a leg, its direction saying who owes, and one for the tax
         *     that is settled with an authority. The totals are what the party is owed less what it owes, so `payableMinor` is its
         *     position in the settlement: negative for a member that pays.
         *
         *     Lines are parts of documents: an invoice for each supplier and customer, which the orchestrator issues in the
         *     supplier's name, and a credit or debit note for each earlier document that a correction, a reversal or a dispute
         *     changed after it was issued. Each line carries the proof that its leg is one of those under the fingerprint of the
         *     delivery, so that a party can check its statement by itself and learns nothing of the other legs.
         */
        get: operations["getStatement"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/statements/{statementId}/lines": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the lines of a statement
         * @description The lines of a statement, page by page: `getStatement` shows the first ones, and says in `nextLines` from where to go on.
         *     A page may hold a few lines more than asked for: those of one booking stay together.
         */
        get: operations["listStatementLines"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/periods/{period}/lines": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the lines of an open month
         * @description Your lines of a month that isn't closed yet: what your statement would hold if it were closed now. Lines have no document
         *     yet, and the tax that is settled with an authority comes with the close. Corrections, reversals and disputes are lines of
         *     their own. A page may hold fewer lines than asked for, and those of one booking stay together: the last page is the one
         *     without `nextCursor`. A closed month is refused with `ECO_PERIOD_CLOSED`: its lines are on the statements.
         */
        get: operations["listOpenLines"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/commitments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List commitments
         * @description What counts towards the commitments of your agreements, one item for each payer and period. A commitment binds its
         *     period at the end: when the month of its last day is closed, what is missing to the minimum is charged, what exceeds
         *     the maximum is credited, with tax. Until then it is `running`, and shows what was booked in months that are closed.
         */
        get: operations["listCommitments"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/commitments/{commitmentId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show a commitment
         * @description A commitment over one period. Once it is settled, its trace says what counted, which bound decided, and how the difference
         *     was taxed, with the clause of the agreement; its leg on the statements is proven under the fingerprint.
         */
        get: operations["getCommitment"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/prepaid-balances": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List prepaid balances
         * @description What you have paid ahead, or were paid: every balance that the agreements in force have for you. When a month is closed,
         *     what is owed after tax is drawn from them in this order, outside of every split; what is left carries over.
         */
        get: operations["listPrepaidBalances"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/prepaid-balances/{balanceId}/top-ups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Top up a prepaid balance
         * @description Pays ahead onto a balance: the payer itself, or who is paid. It is booked into the first open month. A balance that
         *     has expired takes nothing any more.
         */
        post: operations["topUpPrepaidBalance"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/settlements": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List settlements
         * @description The periods that were closed, oldest first. A party sees its own position in each.
         */
        get: operations["listSettlements"];
        put?: never;
        /**
         * Close a period
         * @description Nets what the parties owe each other in a calendar month, issues a statement to each, and closes the month,
         *     exactly once: closing it again is refused with `ECO_PERIOD_CLOSED`. What is rated for a closed month later
         *     books into the first open one.
         */
        post: operations["closeSettlement"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/settlements/{settlementId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show a settlement
         * @description The positions of a closed period. Positive is owed to the party, negative is owed by it.
         */
        get: operations["getSettlement"];
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
         * List events
         * @description The events that your party may read, oldest first. `causedBy` takes the `Eco-Request-Id` of an answer and lists
         *     what that request caused, which is how a journey waits for an event. The challenge of a webhook endpoint is
         *     redacted here: it proves that its receiver is yours.
         */
        get: operations["listEvents"];
        put?: never;
        post?: never;
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
                /**
                 * @description The event's id.
                 * @example evt_01
                 */
                eventId: components["parameters"]["EventId"];
            };
            cookie?: never;
        };
        /**
         * Show an event
         * @description One event, as it was sent.
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
                /**
                 * @description The event's id.
                 * @example evt_01
                 */
                eventId: components["parameters"]["EventId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send an event again
         * @description Dispatches the event once more to your verified endpoints, with the same id: a receiver that keeps to the rules
         *     takes it for what it is, a duplicate.
         */
        post: operations["replayEvent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/events/{eventId}/dispatches": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The event's id.
                 * @example evt_01
                 */
                eventId: components["parameters"]["EventId"];
            };
            cookie?: never;
        };
        /**
         * List an event's dispatches
         * @description How the event fared on its way to your endpoints, every attempt with what your receiver answered.
         */
        get: operations["listDispatches"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhook-endpoints": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List webhook endpoints
         * @description The endpoints of your party, without their secrets.
         */
        get: operations["listWebhookEndpoints"];
        put?: never;
        /**
         * Register a webhook endpoint
         * @description Where your party wants its events. Each comes as a CloudEvent in structured mode, signed by Standard Webhooks with
         *     the secret of this answer, which is shown this once. A challenge is sent at once; nothing else is sent before the
         *     endpoint is verified.
         */
        post: operations["createWebhookEndpoint"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhook-endpoints/{endpointId}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The webhook endpoint's id.
                 * @example whe_01
                 */
                endpointId: components["parameters"]["EndpointId"];
            };
            cookie?: never;
        };
        /**
         * Show a webhook endpoint
         * @description The endpoint and whether it is verified.
         */
        get: operations["getWebhookEndpoint"];
        put?: never;
        post?: never;
        /**
         * Remove a webhook endpoint
         * @description Nothing is sent to it any more, retries that were due included.
         */
        delete: operations["deleteWebhookEndpoint"];
        options?: never;
        head?: never;
        /**
         * Pause, resume or change a webhook endpoint
         * @description `paused` keeps events for the endpoint, for a deployment or a fault on your side. `active` sends what was kept, in
         *     order, and goes on.
         */
        patch: operations["updateWebhookEndpoint"];
        trace?: never;
    };
    "/webhook-endpoints/{endpointId}/verification": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The webhook endpoint's id.
                 * @example whe_01
                 */
                endpointId: components["parameters"]["EndpointId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Verify a webhook endpoint
         * @description With the challenge that the endpoint received in `data.challenge` of a `webhook.verification` event, it marks the
         *     endpoint as verified: proof that the events reach you. An endpoint that answers the event itself with
         *     `{"challenge": …}` needs no call. Without a challenge a new one is sent.
         */
        post: operations["verifyWebhookEndpoint"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhook-endpoints/{endpointId}/secret": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The webhook endpoint's id.
                 * @example whe_01
                 */
                endpointId: components["parameters"]["EndpointId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Replace the signing secret
         * @description For a day every event carries two signatures, by the old and by the new secret. Then the old one ends.
         */
        post: operations["rotateWebhookSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/disputes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List disputes
         * @description The disputes about deliveries in which your party takes part, oldest first.
         */
        get: operations["listDisputes"];
        put?: never;
        /**
         * Dispute a delivery
         * @description A party to the delivery objects to its charges. The other side has until `dueAt`; then the orchestrator decides.
         *     While the dispute is open the delivery is `disputed` and its amounts stay booked.
         */
        post: operations["openDispute"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/disputes/{disputeId}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The dispute's id.
                 * @example dsp_01
                 */
                disputeId: components["parameters"]["DisputeId"];
            };
            cookie?: never;
        };
        /**
         * Show a dispute
         * @description The dispute with its deadline and, once decided, its outcome.
         */
        get: operations["getDispute"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/disputes/{disputeId}/resolution": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The dispute's id.
                 * @example dsp_01
                 */
                disputeId: components["parameters"]["DisputeId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Decide a dispute
         * @description `upheld` credits the claim, or the whole net charge where nothing was claimed; `partly-upheld` credits
         *     `creditMinor`; `rejected` credits nothing. A credit is booked leg by leg and mirrors the split of the charge.
         */
        post: operations["resolveDispute"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/certifications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List certifications
         * @description The certifications of your party, oldest first; the orchestrator sees all.
         */
        get: operations["listCertifications"];
        put?: never;
        /**
         * Submit for certification
         * @description Asks the orchestrator to certify your integration in the parts and at the level named. Where you declare what
         *     each part needs, the sandbox drives the run itself, with a seed that it chose and shows only afterwards:
         *     `targetUrl` for the provider, one of your webhook endpoints for the receiver, `manifest` for governance.
         *
         *     The parts `client`, `money` and `journeys` are seen in what your own client does: from the answer on, until you
         *     call `endCertificationObservation`, the sandbox watches every request that your party makes, those about
         *     certifications left out, and puts in its way what an API may do to its clients: 429 with `Retry-After`, 503,
         *     answers that get lost, tokens that end early, fields that nobody declared, lists in several pages. Nobody else
         *     notices. The run begins when the observation has ended. A self-made report may be enclosed and is not what is
         *     judged.
         */
        post: operations["submitCertification"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/certifications/{certificationId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show a certification
         * @description The certification and, once issued, its certificate as a signed JWS.
         */
        get: operations["getCertification"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/certifications/{certificationId}/review": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Decide on a certification
         * @description The orchestrator looks at the evidence and issues the certification or refuses it. A run that passed at the level
         *     asked for yields a signed certificate; one that failed or is under way can't be issued; without a run, the
         *     certification rests on the reviewer's judgement and has no certificate. An issued one lasts as long as the
         *     participation rules say; a refused one can be submitted again. Nobody reviews its own.
         *
         *     The level's rule says who decides: a run is enough, or so many persons have to agree, none of them the one who
         *     submitted. Until enough have, the certification stays submitted. What may wait is a condition with a date: missed,
         *     it suspends the certification by itself.
         */
        post: operations["reviewCertification"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/certifications/{certificationId}/run": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show the evidence of a run
         * @description The report of the run that the sandbox drove: each check with its findings and redacted exchanges. To the party
         *     and to the orchestrator. Not found until the run has ended.
         */
        get: operations["getCertificationRun"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/certifications/{certificationId}/waivers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask for a waiver
         * @description Asks that a check need not hold for a while, with the reason and the end. Before the review; one for each check. The
         *     participation rules say how long a waiver may last. When it ends, the certification lapses.
         */
        post: operations["requestCertificationWaiver"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/certifications/{certificationId}/waiver-decisions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Grant or refuse a waiver
         * @description What the run proves is judged anew, without the checks that are waived. A waiver may be granted for a shorter time
         *     than was asked for.
         */
        post: operations["decideCertificationWaiver"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/certifications/{certificationId}/conditions-met": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say that a condition is met
         * @description The certificate is issued anew, without the condition. A certification that was suspended because of it can be
         *     reinstated then.
         */
        post: operations["meetCertificationCondition"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/certifications/{certificationId}/observation-end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say that your client has shown what it does
         * @description Ends the observation of your client, and lets the run begin. It ends by itself when its time is over. What your
         *     client gave no occasion to see is named when the run has ended.
         */
        post: operations["endCertificationObservation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/certifications/{certificationId}/standing": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Suspend, revoke or reinstate
         * @description The orchestrator takes back a certification that it issued, for now or for good; the status list says so at once.
         *     What is suspended can be reinstated with `issued`; what is revoked stays so.
         */
        post: operations["setCertificationStanding"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/certification-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Public keys of certificates
         * @description The orchestrator's public keys as a JWKS (RFC 7517), to verify certificates and the status list with.
         */
        get: operations["listCertificationKeys"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/certification-status-list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Status list of certificates
         * @description Which certificates are suspended or revoked, as a signed token (two bits for each, by its index). Copies hold for
         *     a day, so that certificates can be verified offline.
         */
        get: operations["getCertificationStatusList"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/incidents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List incidents
         * @description The incidents that concern your party, oldest first; with `deliveryId`, those into whose time and scope that delivery fell.
         */
        get: operations["listIncidents"];
        put?: never;
        /**
         * Report an incident
         * @description Something went wrong that concerns more than one company: name the products or the parties whose services are affected, since
         *     when, and how bad it is. Whom it concerns is worked out (the parties named, who renders and sells the products, and who takes
         *     part in deliveries and open work orders within it) and told by `incident.opened`. It belongs to `owner`; the severity sets by
         *     when that one acknowledges and resolves it.
         */
        post: operations["openIncident"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/incidents/{incidentId}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The incident's id.
                 * @example inc_01
                 */
                incidentId: components["parameters"]["IncidentId"];
            };
            cookie?: never;
        };
        /**
         * Show an incident
         * @description The incident with its deadlines, its updates and, once resolved, its cause and review. Whom else it affects is shown to its owner, to who reported it and to who oversees the ecosystem.
         */
        get: operations["getIncident"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/incidents/{incidentId}/acknowledgement": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The incident's id.
                 * @example inc_01
                 */
                incidentId: components["parameters"]["IncidentId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Acknowledge an incident
         * @description Its owner takes it on, by `acknowledgeBy`.
         */
        post: operations["acknowledgeIncident"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/incidents/{incidentId}/updates": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The incident's id.
                 * @example inc_01
                 */
                incidentId: components["parameters"]["IncidentId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Add what is known by now
         * @description By its owner, who reported it, or the orchestrator. Whom it concerns is worked out anew; a new severity counts its deadlines from the report.
         */
        post: operations["updateIncident"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/incidents/{incidentId}/handover": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The incident's id.
                 * @example inc_01
                 */
                incidentId: components["parameters"]["IncidentId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Hand an incident over
         * @description To the party to whom it belongs. Deadlines stay.
         */
        post: operations["handOverIncident"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/incidents/{incidentId}/resolution": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The incident's id.
                 * @example inc_01
                 */
                incidentId: components["parameters"]["IncidentId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Resolve an incident
         * @description Ends it with its cause. `until` says when it had no effect any more. What the cause excuses is decided by `excuseDelivery`.
         */
        post: operations["resolveIncident"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/incidents/{incidentId}/review": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The incident's id.
                 * @example inc_01
                 */
                incidentId: components["parameters"]["IncidentId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Review an incident
         * @description What is learnt from it, for everybody whom it concerned, by `reviewBy`.
         */
        post: operations["reviewIncident"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/incidents/{incidentId}/excuses": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The incident's id.
                 * @example inc_01
                 */
                incidentId: components["parameters"]["IncidentId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Excuse a delivery
         * @description Takes the service credit of a delivery that fell into the incident back, with the recourse for it, where the ecosystem's rules for
         *     the cause say that it excuses the breach; by default none does. The delivery is rated anew and the difference is booked,
         *     so that the books balance. The orchestrator's decision.
         */
        post: operations["excuseDelivery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/feedback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List feedback
         * @description What customers said of the deliveries and cases in which your party takes part, oldest first.
         */
        get: operations["listFeedback"];
        put?: never;
        /**
         * Give feedback on a delivery or a case
         * @description A customer says how good a delivery was, or how well its case was resolved: once each, on the scale that the ecosystem
         *     declares, from 1 (poor) to 5 (excellent). It may pass on what its beneficiary says. The score counts on the scorecards of
         *     those who took part; the words are read as the data rights allow. `changeFeedback` until `changeableUntil`, and
         *     `withdrawFeedback` at any time.
         */
        post: operations["createFeedback"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/feedback/{feedbackId}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The feedback's id.
                 * @example fbk_01
                 */
                feedbackId: components["parameters"]["FeedbackId"];
            };
            cookie?: never;
        };
        /**
         * Show feedback
         * @description One word of a customer.
         */
        get: operations["getFeedback"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change feedback
         * @description The customer changes its score or its words, until `changeableUntil`. Only the fields given change.
         */
        patch: operations["changeFeedback"];
        trace?: never;
    };
    "/feedback/{feedbackId}/withdrawal": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The feedback's id.
                 * @example fbk_01
                 */
                feedbackId: components["parameters"]["FeedbackId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Withdraw feedback
         * @description The customer takes its word back. Score and comment are erased and count no more; it may say something new while feedback is open.
         */
        post: operations["withdrawFeedback"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/scorecards": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List scorecards
         * @description The scorecards of all parties that the caller may see, as `getScorecard` shows them one by one, computed in one pass: a
         *     party gets its own; the orchestrator and regulators get all.
         */
        get: operations["listScorecards"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/scorecards/{partyId}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The party's id.
                 * @example spacefinder
                 */
                partyId: components["parameters"]["PartyId"];
            };
            cookie?: never;
        };
        /**
         * Show a scorecard
         * @description The metrics of the published catalogue in three layers: outcome, health, operations. Each shows the figure of the party's
         *     own part beside that of the whole ecosystem, from how many records it was computed, and whether the target is met; below
         *     the metric's minimum it says that there is not enough data. A party sees its own scorecard; the orchestrator and
         *     regulators see all. `listMetricRecords` shows what a figure is made of.
         */
        get: operations["getScorecard"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/map": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show who pays whom
         * @description The map of the ecosystem by the books of a month, or of several: what each party paid each other (credits and recourse taken
         *     off, taxes apart), and where the parties stand in that network: how many they pay and are paid by, how many of the shortest
         *     ways lead over them (betweenness), how often they stand between two that don't deal directly (brokerage), and how much the
         *     value goes to few (concentration). A party sees its own flows, its own place, and of the whole the figures that tell nothing
         *     of what others earn; the orchestrator and regulators see all.
         */
        get: operations["getMap"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics/{metricId}/records": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what a metric was computed from
         * @description The records behind a figure of the scorecard, each with what it counts for: a party sees those of its own part and can add
         *     them up; the orchestrator and regulators see all, or those of one party. A page may hold a few more than asked for: what
         *     one record says stays together.
         */
        get: operations["listMetricRecords"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/brief": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show what was out of the ordinary on a day
         * @description Names anomalies in demand, capacity and quality: each figure of the day is held against the same weekdays of the weeks
         *     before, by their median and their median absolute deviation, and is named when chance alone would hardly bring it about.
         *     All comparisons of an ordinary day together raise `falseAlarms` false alarms in the mean. A party's brief is made of what
         *     it takes part in; the orchestrator and regulators get everything, or the part of one party. A day that isn't over yet is
         *     told as far as it has come, without what may still be to come.
         */
        get: operations["getBrief"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/triage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show what needs somebody this week
         * @description What is open and stays so until somebody acts, and is due by the end of a week or overdue or has no date: offers without
         *     an answer, orders past their time, cases, disputes, incidents, certificates that end, conditions and waivers, endpoints
         *     that fail, months that nobody closed, steps of onboarding, exits. Each with whose turn it is and by when, the most urgent
         *     first. It is the present state that is told, whichever week is named. A party sees what it takes part in; the
         *     orchestrator and regulators see everything.
         */
        get: operations["getTriage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/quarterly-review": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show a quarter beside the one before
         * @description What is brought to the table once in a quarter: the scorecard of the quarter and of the one before, whose tier changed and
         *     which benefits follow, what each party paid and received by the books, how much of it went to few, and what happened:
         *     certifications, disputes, incidents, feedback, changes, companies that joined or left. Behind it what waits for whom now,
         *     as in `getTriage`. A party sees what it takes part in, and the scorecard of the whole beside its own; the orchestrator and
         *     regulators see everything. Lists hold 50 at most, counts everything. What an API has no operations for is left out.
         */
        get: operations["getQuarterlyReview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sandbox": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show what this sandbox is
         * @description Its ecosystem, the digest of the specs that it runs, its clock. Open to anyone who can reach it.
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
    "/sandbox/reset": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Start over
         * @description Forgets everything but the seed: the stand-ins are back, the ledger is empty, the clock runs, credentials of
         *     registered parties are gone. There is no way back.
         */
        post: operations["resetSandbox"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sandbox/clock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show the sandbox clock
         * @description The virtual time. Deadlines, periods and timestamps follow it; signatures of events follow wall-clock time.
         */
        get: operations["getClock"];
        /**
         * Move the sandbox clock
         * @description `advance` by a duration or `set` to an instant, and freeze or release it by `mode`. What falls due on the way
         *     happens before the answer: a silent provider's offer passes to its substitute, a deadline runs out.
         */
        put: operations["setClock"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sandbox/parties/{partyId}/behaviour": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The party's id.
                 * @example spacefinder
                 */
                partyId: components["parameters"]["PartyId"];
            };
            cookie?: never;
        };
        /**
         * Show how a stand-in behaves
         * @description What the stand-in does with the work orders that it is offered.
         */
        get: operations["getBehaviour"];
        /**
         * Tell a stand-in how to behave
         * @description `on-time` accepts, `late:25m` accepts and delivers 25 minutes late, `decline` refuses, `silent` never answers.
         *     It holds for work orders offered from now on.
         */
        put: operations["setBehaviour"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List changes
         * @description The changes of the specs that were proposed, oldest first.
         */
        get: operations["listChanges"];
        put?: never;
        /**
         * Propose a change
         * @description Proposes a change of the specs with what it changes, as `eco specs diff --json` says it. The platform counts the
         *     changes anew and works out whom they affect: by what you say partners use, else by what they may call, what is sent to
         *     them, what they agreed to and what they are certified for. All of them are told, and may object until `objectionsUntil`.
         */
        post: operations["proposeChange"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/changes/{changeId}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The change's id.
                 * @example chg_01
                 */
                changeId: components["parameters"]["ChangeId"];
            };
            cookie?: never;
        };
        /**
         * Show a change
         * @description The change with all that it changes, its objections and their answers, and what it is to your party.
         */
        get: operations["getChange"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/changes/{changeId}/affected": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The change's id.
                 * @example chg_01
                 */
                changeId: components["parameters"]["ChangeId"];
            };
            cookie?: never;
        };
        /**
         * List whom a change affects
         * @description Each party that the change affects, with why and how gravely. A party sees its own row, the orchestrator and regulators see all.
         */
        get: operations["listAffectedParties"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/changes/{changeId}/comments": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The change's id.
                 * @example chg_01
                 */
                changeId: components["parameters"]["ChangeId"];
            };
            cookie?: never;
        };
        /**
         * List the comments on a change
         * @description What was said about the change, oldest first.
         */
        get: operations["listChangeComments"];
        put?: never;
        /**
         * Comment on a change
         * @description Says something about a change that affects you. The orchestrator answers an objection by naming it in `answers`; the
         *     rules may ask for an answer to each before the change is announced.
         */
        post: operations["commentOnChange"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/changes/{changeId}/objections": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The change's id.
                 * @example chg_01
                 */
                changeId: components["parameters"]["ChangeId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Object to a change
         * @description An affected party says what speaks against a change, once, until `objectionsUntil`. The orchestrator reads it and decides.
         */
        post: operations["objectToChange"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/changes/{changeId}/decision": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The change's id.
                 * @example chg_01
                 */
                changeId: components["parameters"]["ChangeId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Decide a change
         * @description `announced` from when the time for objections is over and each is answered where the rules ask for that: from then on the
         *     notice runs, and on `effectiveAt` the change holds. `rejected` ends it at any time before.
         */
        post: operations["decideChange"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/changes/{changeId}/withdrawal": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The change's id.
                 * @example chg_01
                 */
                changeId: components["parameters"]["ChangeId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Withdraw a change
         * @description Takes a change back that was proposed or announced, before it holds. All whom it affects are told.
         */
        post: operations["withdrawChange"];
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
         * @description An identifier. Yours may be anything that fits the pattern; the platform's are opaque.
         * @example leg-2001-01-01-1145
         */
        Id: string;
        /**
         * @description A company's id in the ecosystem.
         * @example nordic-apps
         */
        PartyId: string;
        /**
         * @description What a party is in the ecosystem.
         * @enum {string}
         */
        Role: "orchestrator" | "complementor" | "broker" | "supplier" | "regulator" | "customer";
        /**
         * @description `stand-in`: played by the sandbox. `applied`: registered, onboarding open. `active`: may do all that its role may.
         *     `exiting`: nothing new, finishing what is open. `exited`: reads and exports its data, and keeps its contacts, bank
         *     account and credentials.
         * @enum {string}
         */
        PartyStatus: "stand-in" | "applied" | "active" | "exiting" | "exited";
        /**
         * @description What is delivered, as the rate cards name it.
         * @example express-leg
         */
        Product: string;
        /**
         * @description ISO 4217 code.
         * @example EUR
         */
        Currency: string;
        /**
         * Format: int64
         * @description An amount in minor units of the currency beside it.
         * @example 14431
         */
        AmountMinor: number;
        /**
         * Format: date-time
         * @description A moment, RFC 3339.
         * @example 2025-03-11T10:00:00.000Z
         */
        Instant: string;
        /**
         * @description RFC 3339, with an offset; or without one, then a local time in the zone of the rate card.
         * @example 2001-01-01T11:45:00
         * @example 2025-03-11T08:30:00+02:00
         */
        DeliveryTime: string;
        /**
         * @description An ISO 8601 duration of days, hours, minutes and seconds.
         * @example PT30M
         */
        Duration: string;
        /**
         * Format: date
         * @description A calendar day.
         * @example 2025-01-01
         */
        Date: string;
        /**
         * @description A calendar month.
         * @example 2025-03
         */
        Period: string;
        /**
         * @description A calendar month, or the first and the last of several.
         * @example 2025-03
         */
        Months: string;
        /** @description SHA-256 over the canonical JSON (RFC 8785) of a document. */
        Digest: string;
        /**
         * @description The version of a document.
         * @example 1.0.0
         */
        Version: string;
        /** @description Words for people. */
        Text: string;
        /**
         * @description A CloudEvents type of the event documents.
         * @example campus.harbour.delivery.rated.v1
         */
        EventType: string;
        /**
         * Format: uri
         * @description An absolute http or https URL without credentials in it.
         * @example http://127.0.0.1:4020/webhooks
         */
        Url: string;
        /** @description Pass it on as `cursor` to get the next page. Absent on the last page. */
        NextCursor: string;
        /** @description RFC 9457. `code` is stable, `detail` is for people. */
        Problem: {
            /**
             * Format: uri-reference
             * @description The page about this code.
             * @example /errors/ECO_NOT_FOUND/
             */
            type: string;
            /**
             * @description What kind of problem it is.
             * @example Not found
             */
            title: string;
            /**
             * @description The HTTP status.
             * @example 404
             */
            status: number;
            /** @description What happened to which thing. */
            detail: string;
            /**
             * @description The stable code.
             * @example ECO_NOT_FOUND
             */
            code: string;
            /** @description What to do about it. */
            fix?: string;
            /**
             * Format: uri-reference
             * @description This occurrence.
             */
            instance?: string;
            /** @description The places in the request that are wrong. */
            errors?: components["schemas"]["FieldProblem"][];
        };
        FieldProblem: {
            /**
             * @description JSON pointer into the request as a URI fragment.
             * @example #/usage/distanceMiles
             */
            pointer: string;
            /**
             * @description What is wrong there.
             * @example must be >= 0
             */
            detail: string;
        };
        TokenRequest: {
            /**
             * @description The only grant there is.
             * @constant
             */
            grant_type: "client_credentials";
            /**
             * @description Your client id.
             * @example sandbox-blueline
             */
            client_id?: string;
            /**
             * @description Your client secret.
             * @example sandbox-blueline-secret
             */
            client_secret?: string;
            /**
             * @description Scopes, separated by spaces.
             * @example charges:read statements:read
             */
            scope?: string;
        };
        Token: {
            /** @description The token. Treat it as opaque. */
            access_token: string;
            /**
             * @description How to send it.
             * @constant
             */
            token_type: "Bearer";
            /**
             * @description Seconds until it expires.
             * @example 3600
             */
            expires_in: number;
            /** @description What it may do. */
            scope: string;
        };
        Contact: {
            /** @description Who. */
            name: string;
            /**
             * Format: email
             * @description Where.
             */
            email: string;
            /**
             * @description For what.
             * @enum {string}
             */
            purpose: "technical" | "billing" | "operations" | "security" | "legal";
        };
        /**
         * @description ISO 3166-1 code.
         * @example FI
         */
        Country: string;
        /** @description The company's tax number. */
        TaxId: string;
        /** @description Where the party is paid. Only for the party itself, the orchestrator and regulators. */
        BankAccount: {
            /**
             * @description ISO 13616, without spaces; the check digits must be right.
             * @example FI9899900010003070
             */
            iban: string;
            /**
             * @description ISO 9362.
             * @example HRBRFIHH
             */
            bic?: string;
        };
        PartyRegistration: {
            id?: components["schemas"]["PartyId"];
            /** @description The company's name. */
            name: string;
            role: components["schemas"]["Role"];
            /** @description Whom to reach for what. */
            contacts: components["schemas"]["Contact"][];
            country?: components["schemas"]["Country"];
            taxId?: components["schemas"]["TaxId"];
            bankAccount?: components["schemas"]["BankAccount"];
        };
        PartyUpdate: {
            /** @description The company's name. */
            name?: string;
            /** @description All contacts; they replace the former ones. */
            contacts?: components["schemas"]["Contact"][];
            country?: components["schemas"]["Country"];
            taxId?: components["schemas"]["TaxId"];
            bankAccount?: components["schemas"]["BankAccount"];
        };
        Party: {
            id: components["schemas"]["PartyId"];
            /** @description The company's name. */
            name: string;
            role: components["schemas"]["Role"];
            status: components["schemas"]["PartyStatus"];
            /** @description Whom to reach. Only for the party itself, the orchestrator and regulators. */
            contacts?: components["schemas"]["Contact"][];
            country?: components["schemas"]["Country"];
            taxId?: components["schemas"]["TaxId"];
            bankAccount?: components["schemas"]["BankAccount"];
            exitReason?: components["schemas"]["Text"];
            /** @description When its exit began, nothing new from then on. */
            leftAt?: components["schemas"]["Instant"];
            createdAt: components["schemas"]["Instant"];
            updatedAt: components["schemas"]["Instant"];
        };
        Credentials: {
            /** @description For `client_id` of issueToken. */
            clientId: string;
            /** @description For `client_secret` of issueToken. Shown this once. */
            clientSecret: string;
        };
        IssuedCredentials: {
            /** @description For `client_id` of issueToken. */
            clientId: string;
            createdAt: components["schemas"]["Instant"];
            expiresAt?: components["schemas"]["Instant"];
        };
        IssuedCredentialsList: {
            /** @description The page, without secrets. */
            items: components["schemas"]["IssuedCredentials"][];
            nextCursor?: components["schemas"]["NextCursor"];
        };
        CredentialsRotation: {
            /**
             * @description Which credentials to replace; all that the company has where left out.
             * @example client_01
             */
            clientId?: string;
            /** @description How long the former ones still count, seven days at most; a day where left out. */
            overlap?: components["schemas"]["Duration"];
        };
        RotatedCredentials: {
            /** @description For `client_id` of issueToken. */
            clientId: string;
            /** @description For `client_secret` of issueToken. Shown this once. */
            clientSecret: string;
            createdAt: components["schemas"]["Instant"];
            /** @description Those that were replaced and still count, with their end. */
            former: components["schemas"]["IssuedCredentials"][];
        };
        OpenEnd: {
            /**
             * @description What it is.
             * @enum {string}
             */
            kind: "work-order" | "case" | "dispute" | "incident" | "commitment" | "balance";
            /** @description Its id; of a balance, the ledger account. */
            id: string;
            /** @description How it stands. */
            status?: string;
            currency?: components["schemas"]["Currency"];
            amountMinor?: components["schemas"]["AmountMinor"];
        };
        ExitPreview: {
            partyId: components["schemas"]["PartyId"];
            status: components["schemas"]["PartyStatus"];
            /**
             * @description What the company would be after an exit now.
             * @enum {string}
             */
            becomes: "exiting" | "exited";
            /** @description What is open, the first hundred. */
            openEnds: components["schemas"]["OpenEnd"][];
            /**
             * @description How much is open in all.
             * @example 2
             */
            openEndsCount: number;
        };
        RegisteredParty: {
            party: components["schemas"]["Party"];
            credentials: components["schemas"]["Credentials"];
        };
        PartyList: {
            /** @description The page. */
            items: components["schemas"]["Party"][];
            nextCursor?: components["schemas"]["NextCursor"];
        };
        OnboardingStep: {
            /**
             * @description Which step.
             * @example accept-agreements
             */
            id: string;
            /** @description The step in words. */
            title: string;
            /**
             * @description How it stands.
             * @enum {string}
             */
            state: "done" | "open" | "optional";
            /**
             * @description Who has to act.
             * @enum {string}
             */
            turn: "partner" | "orchestrator";
            dueAt?: components["schemas"]["Instant"];
            /**
             * @description The operation that does it.
             * @example acceptAgreement
             */
            operation?: string;
        };
        Onboarding: {
            partyId: components["schemas"]["PartyId"];
            status: components["schemas"]["PartyStatus"];
            /** @description All steps, in order. */
            steps: components["schemas"]["OnboardingStep"][];
            /** @description The step to take next. Absent when none is open. */
            next?: string;
        };
        Reasoned: {
            reason: components["schemas"]["Text"];
        };
        Noted: {
            note?: components["schemas"]["Text"];
        };
        PartyExport: {
            party: components["schemas"]["Party"];
            exportedAt: components["schemas"]["Instant"];
            /** @description What the party accepted. */
            agreements?: components["schemas"]["Acceptance"][];
            /** @description Its cases. */
            cases?: components["schemas"]["Case"][];
            /** @description Its work orders. */
            workOrders?: components["schemas"]["WorkOrder"][];
            /** @description Its deliveries with its own legs. */
            deliveries?: components["schemas"]["Delivery"][];
            /** @description Its charges. */
            charges?: components["schemas"]["Charge"][];
            /** @description Its statements. */
            statements?: components["schemas"]["Statement"][];
            /** @description Its disputes. */
            disputes?: components["schemas"]["Dispute"][];
            /** @description Incidents that concerned it. */
            incidents?: components["schemas"]["Incident"][];
            /** @description What was said of what it took part in. */
            feedback?: components["schemas"]["Feedback"][];
            /** @description Its commitments as payer or payee. */
            commitments?: components["schemas"]["Commitment"][];
            /** @description What it has paid ahead or was paid. */
            prepaidBalances?: components["schemas"]["PrepaidBalance"][];
        };
        /** @description From the start on, up to but not including the end. */
        Validity: {
            start: components["schemas"]["Date"];
            end?: components["schemas"]["Date"];
        };
        Agreement: {
            id: components["schemas"]["Id"];
            version: components["schemas"]["Version"];
            digest: components["schemas"]["Digest"];
            /** @description What it is about. */
            title: string;
            /**
             * @description Whether it is in force, coming, or over.
             * @example in-force
             */
            status?: string;
            /** @description Which roles accept it. */
            roles?: components["schemas"]["Role"][];
            validFor?: components["schemas"]["Validity"];
            acceptedAt?: components["schemas"]["Instant"];
            /** @description The agreement itself. In lists it is left out. */
            document?: Record<string, never>;
        };
        AgreementList: {
            /** @description The page. */
            items: components["schemas"]["Agreement"][];
            nextCursor?: components["schemas"]["NextCursor"];
        };
        AcceptanceRequest: {
            version: components["schemas"]["Version"];
            digest?: components["schemas"]["Digest"];
            /** @description Who signs for the party. */
            acceptedBy?: string;
        };
        Acceptance: {
            id: components["schemas"]["Id"];
            agreementId: components["schemas"]["Id"];
            version: components["schemas"]["Version"];
            digest: components["schemas"]["Digest"];
            partyId: components["schemas"]["PartyId"];
            /** @description Who signed for the party. */
            acceptedBy?: string;
            acceptedAt: components["schemas"]["Instant"];
        };
        RateCard: {
            id: components["schemas"]["Id"];
            version: components["schemas"]["Version"];
            digest: components["schemas"]["Digest"];
            /** @description What it prices. */
            title?: string;
            currency: components["schemas"]["Currency"];
            validFor?: components["schemas"]["Validity"];
            /** @description The products that it prices. */
            products?: components["schemas"]["Product"][];
            /** @description The rate card itself. In lists it is left out. */
            document?: Record<string, never>;
        };
        RateCardList: {
            /** @description The page. */
            items: components["schemas"]["RateCard"][];
            nextCursor?: components["schemas"]["NextCursor"];
        };
        /**
         * @description What a member wants. The standard intents with their routing rules are in the ecosystem manifest: `book-room`,
         *     `order-catering`, `borrow-kit`, `host-visitor`, `send-parcel`, `track-parcel`, `park-car`, `billing-question`,
         *     `access-problem`, `something-else`.
         * @example track-parcel
         */
        Intent: string;
        /**
         * @description How far a case is.
         * @enum {string}
         */
        CaseStatus: "open" | "routed" | "resolved";
        CaseRequest: {
            intent: components["schemas"]["Intent"];
            customer: components["schemas"]["PartyId"];
            subject: components["schemas"]["Text"];
            beneficiary?: components["schemas"]["Beneficiary"];
            relatesTo?: components["schemas"]["Id"];
        };
        CaseRouting: {
            assignee: components["schemas"]["PartyId"];
            note?: components["schemas"]["Text"];
        };
        CaseResolution: {
            /** @description Whether the member had to ask only once. */
            firstContact: boolean;
            summary: components["schemas"]["Text"];
        };
        Case: {
            id: components["schemas"]["Id"];
            intent: components["schemas"]["Intent"];
            customer: components["schemas"]["PartyId"];
            subject: components["schemas"]["Text"];
            beneficiary?: components["schemas"]["Beneficiary"];
            relatesTo?: components["schemas"]["Id"];
            status: components["schemas"]["CaseStatus"];
            assignee?: components["schemas"]["PartyId"];
            note?: components["schemas"]["Text"];
            openedAt: components["schemas"]["Instant"];
            resolvedAt?: components["schemas"]["Instant"];
            /** @description Whether first contact was enough. Known once resolved. */
            firstContact?: boolean;
            summary?: components["schemas"]["Text"];
            deliveryId?: components["schemas"]["Id"];
        };
        CaseList: {
            /** @description The page. */
            items: components["schemas"]["Case"][];
            nextCursor?: components["schemas"]["NextCursor"];
        };
        Notification: {
            id: components["schemas"]["Id"];
            caseId: components["schemas"]["Id"];
            to: components["schemas"]["PartyId"];
            text: components["schemas"]["Text"];
            sentAt: components["schemas"]["Instant"];
        };
        NotificationList: {
            /** @description The page. */
            items: components["schemas"]["Notification"][];
            nextCursor?: components["schemas"]["NextCursor"];
        };
        /**
         * @description A customer's customer, who receives but doesn't pay. A party's id or any name of your own for a visitor or client.
         * @example visitor-7
         */
        Beneficiary: string;
        /**
         * @description The other companies of the chain, by the name under which the rate card's split knows them.
         * @example {
         *       "broker": "spacefinder",
         *       "supplier": "kestrel"
         *     }
         */
        ChainParties: {
            broker?: components["schemas"]["PartyId"];
            supplier?: components["schemas"]["PartyId"];
        } & {
            [key: string]: components["schemas"]["PartyId"];
        };
        /**
         * @description A quantity that can't be negative. A string is an exact decimal.
         * @example 920
         */
        Quantity: number | string;
        /**
         * @description A quantity that can be negative, such as a delay of something that came early. A string is an exact decimal.
         * @example -19
         */
        SignedQuantity: number | string;
        /**
         * @description What was measured. Which measures a product needs is in its rate card; measures that the rate card of another
         *     product names may be given too. Delays count minutes, negative when early; all else can't be negative.
         * @example {
         *       "distanceMiles": 920,
         *       "arrivalDelayMinutes": 20
         *     }
         */
        Usage: {
            distanceMiles?: components["schemas"]["Quantity"];
            arrivalDelayMinutes?: components["schemas"]["SignedQuantity"];
            covers?: components["schemas"]["Quantity"];
            delayMinutes?: components["schemas"]["SignedQuantity"];
            hours?: components["schemas"]["Quantity"];
            eventBudget?: components["schemas"]["Quantity"];
            visitors?: components["schemas"]["Quantity"];
            quantity?: components["schemas"]["Quantity"];
            /** @description Whether a case was resolved at first contact. */
            firstContact?: boolean;
        } & {
            [key: string]: number | string | boolean | components["schemas"]["Quantity"][];
        };
        /**
         * @description `offered`: waiting for the provider. `accepted`, `rescheduled`, `in-progress`: taken. `declined`: the last word of
         *     a provider while the next is asked. `completed`: delivered and rated. `cancelled`: called off.
         *     `unfulfilled`: nobody took it.
         * @enum {string}
         */
        WorkOrderStatus: "offered" | "accepted" | "rescheduled" | "declined" | "cancelled" | "in-progress" | "completed" | "unfulfilled";
        WorkOrderRequest: {
            id?: components["schemas"]["Id"];
            product: components["schemas"]["Product"];
            customer: components["schemas"]["PartyId"];
            provider: components["schemas"]["PartyId"];
            /** @description Who is asked next, in this order. Left out, the ecosystem's own substitutes are. */
            substitutes?: components["schemas"]["PartyId"][];
            parties?: components["schemas"]["ChainParties"];
            beneficiary?: components["schemas"]["Beneficiary"];
            parent?: components["schemas"]["Id"];
            scheduledFor: components["schemas"]["DeliveryTime"];
            usage?: components["schemas"]["Usage"];
            respondWithin?: components["schemas"]["Duration"];
        };
        Attempt: {
            provider: components["schemas"]["PartyId"];
            /**
             * @description What the provider made of the offer.
             * @enum {string}
             */
            outcome: "offered" | "accepted" | "declined" | "silent" | "completed" | "cancelled";
            at: components["schemas"]["Instant"];
            reason?: components["schemas"]["Text"];
        };
        WorkOrder: {
            id: components["schemas"]["Id"];
            product: components["schemas"]["Product"];
            customer: components["schemas"]["PartyId"];
            provider: components["schemas"]["PartyId"];
            /** @description Who is asked next. */
            substitutes: components["schemas"]["PartyId"][];
            parties?: components["schemas"]["ChainParties"];
            beneficiary?: components["schemas"]["Beneficiary"];
            parent?: components["schemas"]["Id"];
            scheduledFor: components["schemas"]["DeliveryTime"];
            usage?: components["schemas"]["Usage"];
            respondBy?: components["schemas"]["Instant"];
            status: components["schemas"]["WorkOrderStatus"];
            /** @description Every attempt to place it, oldest first. */
            attempts: components["schemas"]["Attempt"][];
            deliveryId?: components["schemas"]["Id"];
            note?: components["schemas"]["Text"];
            expectedAt?: components["schemas"]["DeliveryTime"];
            createdAt: components["schemas"]["Instant"];
            updatedAt: components["schemas"]["Instant"];
        };
        WorkOrderList: {
            /** @description The page. */
            items: components["schemas"]["WorkOrder"][];
            nextCursor?: components["schemas"]["NextCursor"];
        };
        Rescheduling: {
            scheduledFor: components["schemas"]["DeliveryTime"];
            reason: components["schemas"]["Text"];
        };
        ProgressReport: {
            note: components["schemas"]["Text"];
            expectedAt?: components["schemas"]["DeliveryTime"];
        };
        Completion: {
            startedAt?: components["schemas"]["DeliveryTime"];
            endedAt?: components["schemas"]["DeliveryTime"];
            usage?: components["schemas"]["Usage"];
            note?: components["schemas"]["Text"];
        };
        DeliveryRequest: {
            id?: components["schemas"]["Id"];
            product: components["schemas"]["Product"];
            customer: components["schemas"]["PartyId"];
            provider?: components["schemas"]["PartyId"];
            parties?: components["schemas"]["ChainParties"];
            beneficiary?: components["schemas"]["Beneficiary"];
            parent?: components["schemas"]["Id"];
            startedAt: components["schemas"]["DeliveryTime"];
            endedAt?: components["schemas"]["DeliveryTime"];
            usage?: components["schemas"]["Usage"];
            parts?: components["schemas"]["Parts"];
        };
        /** @description The parts of a bundle, each delivered and priced as its own product. Only where the product is a bundle. */
        Parts: components["schemas"]["DeliveryPart"][];
        /** @description What it leaves out is as in the delivery that holds it. */
        DeliveryPart: {
            product: components["schemas"]["Product"];
            provider?: components["schemas"]["PartyId"];
            parties?: components["schemas"]["ChainParties"];
            startedAt?: components["schemas"]["DeliveryTime"];
            endedAt?: components["schemas"]["DeliveryTime"];
            usage?: components["schemas"]["Usage"];
        };
        QuoteRequest: {
            product: components["schemas"]["Product"];
            customer: components["schemas"]["PartyId"];
            provider?: components["schemas"]["PartyId"];
            parties?: components["schemas"]["ChainParties"];
            beneficiary?: components["schemas"]["Beneficiary"];
            startedAt: components["schemas"]["DeliveryTime"];
            endedAt?: components["schemas"]["DeliveryTime"];
            usage?: components["schemas"]["Usage"];
            parts?: components["schemas"]["Parts"];
        };
        Quote: {
            product: components["schemas"]["Product"];
            customer: components["schemas"]["PartyId"];
            currency: components["schemas"]["Currency"];
            netMinor: components["schemas"]["AmountMinor"];
            serviceCreditMinor: components["schemas"]["AmountMinor"];
            taxMinor: components["schemas"]["AmountMinor"];
            payableMinor: components["schemas"]["AmountMinor"];
            /** @description The charges that your party would see. */
            charges: components["schemas"]["Charge"][];
        };
        DeliveryBatch: {
            /** @description The rows. Each is checked by itself as a `DeliveryRequest`, so that one bad row doesn't refuse the others. */
            deliveries: Record<string, never>[];
        };
        BatchRow: {
            /** @description Which row of the request. */
            index: number;
            id?: components["schemas"]["Id"];
            /**
             * @description What became of it.
             * @enum {string}
             */
            outcome: "rated" | "known" | "rejected";
            problem?: components["schemas"]["Problem"];
        };
        BatchResult: {
            /** @description How many rows were rated and booked. */
            accepted: number;
            /** @description How many rows were refused. */
            rejected: number;
            /** @description How many rows were booked before. */
            known: number;
            /** @description One for each row, in the order of the request. */
            results: components["schemas"]["BatchRow"][];
            /** @description Sums of what was booked just now, one for each currency, over the charges that your party may see. */
            totals?: components["schemas"]["BatchTotals"][];
        };
        BatchTotals: {
            currency: components["schemas"]["Currency"];
            netMinor: components["schemas"]["AmountMinor"];
            serviceCreditMinor: components["schemas"]["AmountMinor"];
            taxMinor: components["schemas"]["AmountMinor"];
            payableMinor: components["schemas"]["AmountMinor"];
            /** @description What each party gets of the net. */
            shares: components["schemas"]["Share"][];
            /** @description What each party bears of the service credits. */
            recourse: components["schemas"]["PartyAmount"][];
        };
        PartyAmount: {
            party: components["schemas"]["PartyId"];
            amountMinor: components["schemas"]["AmountMinor"];
        };
        /**
         * @description Where a delivery is in its life.
         * @enum {string}
         */
        DeliveryStatus: "rated" | "corrected" | "cancelled" | "disputed" | "settled";
        /** @description Which document decided, exactly. */
        DocumentRef: {
            id: components["schemas"]["Id"];
            version: components["schemas"]["Version"];
            digest: components["schemas"]["Digest"];
        };
        /** @description Merkle root over the salted legs of the trace. Parties that see only their own legs can verify these against it. */
        Fingerprint: string;
        Share: {
            party: components["schemas"]["PartyId"];
            amountMinor: components["schemas"]["AmountMinor"];
        };
        /** @description What a party pays to another because the breach was its fault. */
        Recourse: {
            party: components["schemas"]["PartyId"];
            to: components["schemas"]["PartyId"];
            amountMinor: components["schemas"]["AmountMinor"];
        };
        /** @description What one party owes another for a delivery. Payable is net less service credit plus tax. */
        Charge: {
            id: components["schemas"]["Id"];
            deliveryId?: components["schemas"]["Id"];
            product: components["schemas"]["Product"];
            /**
             * @description `sale` is what the customer pays, `purchase` a leg between companies of the chain.
             * @enum {string}
             */
            side: "sale" | "purchase";
            payer: components["schemas"]["PartyId"];
            payee: components["schemas"]["PartyId"];
            currency: components["schemas"]["Currency"];
            netMinor: components["schemas"]["AmountMinor"];
            serviceCreditMinor: components["schemas"]["AmountMinor"];
            /**
             * @description Which tax table applied.
             * @example express
             */
            taxCode: string;
            taxMinor: components["schemas"]["AmountMinor"];
            payableMinor: components["schemas"]["AmountMinor"];
            /** @description How the net charge is split. They sum to it. */
            shares: components["schemas"]["Share"][];
            /** @description Who bears the service credit. */
            recourse: components["schemas"]["Recourse"][];
        };
        ChargeList: {
            /** @description The page. */
            items: components["schemas"]["Charge"][];
            nextCursor?: components["schemas"]["NextCursor"];
        };
        /** @description The totals are those of the sale, as the customer pays it. Of the charges you see those that concern your party. */
        Delivery: {
            id: components["schemas"]["Id"];
            product: components["schemas"]["Product"];
            customer: components["schemas"]["PartyId"];
            provider?: components["schemas"]["PartyId"];
            parties?: components["schemas"]["ChainParties"];
            beneficiary?: components["schemas"]["Beneficiary"];
            parent?: components["schemas"]["Id"];
            startedAt: components["schemas"]["DeliveryTime"];
            endedAt?: components["schemas"]["DeliveryTime"];
            usage: components["schemas"]["Usage"];
            parts?: components["schemas"]["Parts"];
            status: components["schemas"]["DeliveryStatus"];
            /** @description The charges that concern your party. */
            charges: components["schemas"]["Charge"][];
            currency: components["schemas"]["Currency"];
            netMinor?: components["schemas"]["AmountMinor"];
            serviceCreditMinor?: components["schemas"]["AmountMinor"];
            taxMinor?: components["schemas"]["AmountMinor"];
            payableMinor?: components["schemas"]["AmountMinor"];
            agreement: components["schemas"]["DocumentRef"];
            rateCard: components["schemas"]["DocumentRef"];
            fingerprint: components["schemas"]["Fingerprint"];
            ratedAt: components["schemas"]["Instant"];
        };
        DeliveryList: {
            /** @description The page. */
            items: components["schemas"]["Delivery"][];
            nextCursor?: components["schemas"]["NextCursor"];
        };
        Explanation: {
            deliveryId: components["schemas"]["Id"];
            fingerprint: components["schemas"]["Fingerprint"];
            /** @description The trace in words. */
            lines: string[];
            attribution?: components["schemas"]["Attribution"];
            feedback?: components["schemas"]["Feedback"];
            /** @description Incidents into whose time and scope it fell. */
            incidents?: components["schemas"]["IncidentSummary"][];
            /** @description The trace as data. A machine can recompute every amount from it and the documents it cites. */
            trace: Record<string, never>;
        };
        /** @description Who caused which part of what went wrong. Parts sum to the whole; those without a party are of others together. */
        Attribution: {
            /** @description By service level that says at most how late it may be. */
            delays: components["schemas"]["AttributedDelay"][];
            /** @description By charge with a service credit. */
            credits: components["schemas"]["AttributedCredit"][];
            score?: components["schemas"]["AttributedScore"];
        };
        /**
         * @description An exact decimal.
         * @example 12.5
         */
        ExactDecimal: string;
        AttributedPart: {
            party?: components["schemas"]["PartyId"];
            /**
             * @description Whether a delivery of its own was late, an agreement says that it answers for it, or it rendered the service.
             * @enum {string}
             */
            basis?: "measured" | "agreed" | "rendered";
            amount: components["schemas"]["ExactDecimal"];
        };
        AttributedDelay: {
            serviceLevel: components["schemas"]["Id"];
            product: components["schemas"]["Product"];
            /** @description The measure of the service level. */
            measure: string;
            /**
             * @description In what it is measured.
             * @example minute
             */
            unit?: string;
            atMost?: components["schemas"]["ExactDecimal"];
            value: components["schemas"]["ExactDecimal"];
            /** @description Whether it was missed. */
            breached: boolean;
            caused: components["schemas"]["ExactDecimal"];
            /** @description What of `caused` is whose. */
            parts: components["schemas"]["AttributedPart"][];
        };
        AttributedCredit: {
            chargeId: components["schemas"]["Id"];
            product: components["schemas"]["Product"];
            /**
             * @description Whether the customer pays it or a company of the chain.
             * @enum {string}
             */
            side: "sale" | "purchase";
            currency: components["schemas"]["Currency"];
            creditMinor: components["schemas"]["AmountMinor"];
            /** @description Who bears it in the end. */
            parts: {
                party?: components["schemas"]["PartyId"];
                amountMinor: components["schemas"]["AmountMinor"];
            }[];
        };
        AttributedScore: {
            feedbackId: components["schemas"]["Id"];
            score: components["schemas"]["FeedbackScore"];
            /** @description The end of the scale. */
            best: number;
            /** @description By how many points it misses the best. */
            short: number;
            /** @description What of `short` is whose. */
            parts: components["schemas"]["AttributedPart"][];
        };
        Correction: {
            startedAt?: components["schemas"]["DeliveryTime"];
            endedAt?: components["schemas"]["DeliveryTime"];
            usage?: components["schemas"]["Usage"];
            reason: components["schemas"]["Text"];
        };
        /**
         * @description `party/purpose` or `party/purpose/counterparty`.
         * @example harbour/receivable/nordic-apps
         */
        Account: string;
        Balance: {
            account: components["schemas"]["Account"];
            currency: components["schemas"]["Currency"];
            amountMinor: components["schemas"]["AmountMinor"];
        };
        BalanceList: {
            /** @description All balances that you may see. */
            items: components["schemas"]["Balance"][];
            nextCursor?: components["schemas"]["NextCursor"];
        };
        Posting: {
            transactionId: components["schemas"]["Id"];
            account: components["schemas"]["Account"];
            currency: components["schemas"]["Currency"];
            amountMinor: components["schemas"]["AmountMinor"];
            deliveryId?: components["schemas"]["Id"];
            chargeId?: components["schemas"]["Id"];
            /**
             * @description Why it was booked.
             * @enum {string}
             */
            kind?: "rating" | "correction" | "reversal" | "dispute" | "commitment" | "settlement" | "payment";
            bookedAt?: components["schemas"]["Instant"];
            period?: components["schemas"]["Period"];
        };
        PostingList: {
            /** @description The page. */
            items: components["schemas"]["Posting"][];
            nextCursor?: components["schemas"]["NextCursor"];
        };
        /**
         * @description Of its supplier's series, without gaps. The statement's number and the place on it.
         * @example fjord-catering-000001/1
         */
        DocumentNumber: string;
        LegAmounts: {
            netMinor: components["schemas"]["AmountMinor"];
            serviceCreditMinor: components["schemas"]["AmountMinor"];
            taxMinor: components["schemas"]["AmountMinor"];
            payableMinor: components["schemas"]["AmountMinor"];
        };
        /**
         * @description Proof that a leg is one of those under the fingerprint of its delivery, as every party of the delivery knows it. The
         *     leaf is the SHA-256 of a zero byte and a JSON array without spaces, all of it strings: salt, legId, kind, deliveryId,
         *     product, payer, payee, currency, net, service credit, taxCode, taxPercent, tax, payable. A node is the SHA-256 of a
         *     one byte and both its children; a node without a sibling moves up as it is.
         */
        LegProof: {
            fingerprint: components["schemas"]["Fingerprint"];
            /** @description Known to the parties of the leg only. */
            salt: string;
            /** @description Place of the leg among those of the delivery. */
            index: number;
            /** @description How many legs the delivery has. */
            size: number;
            /** @description The sibling hashes, from the leaf up. */
            path: string[];
            /**
             * @description The rate where it is not the line's own.
             * @example 25.5
             */
            taxPercent?: string;
            amounts?: components["schemas"]["LegAmounts"];
        };
        /**
         * @description One booking of one leg, or (without `legId`) the tax that is settled with an authority or, with a `prepaidId`, what is
         *     drawn from a prepaid balance. The amounts are those of the leg that `stands` after the booking less those of the one
         *     that `stood` before.
         */
        StatementLine: {
            /**
             * @description The leg within its delivery.
             * @example 0/sale
             */
            legId?: string;
            chargeId?: components["schemas"]["Id"];
            deliveryId?: components["schemas"]["Id"];
            commitmentId?: components["schemas"]["CommitmentId"];
            prepaidId?: components["schemas"]["PrepaidBalanceId"];
            product?: components["schemas"]["Product"];
            /**
             * @description Why one pays the other.
             * @enum {string}
             */
            kind?: "sale" | "share" | "purchase" | "recourse" | "commitment";
            /**
             * @description Why it was booked.
             * @enum {string}
             */
            booking?: "rating" | "correction" | "reversal" | "dispute" | "commitment" | "settlement" | "payment";
            counterparty?: components["schemas"]["PartyId"];
            /**
             * @description Whether the party owes it or is owed it.
             * @enum {string}
             */
            direction?: "payable" | "receivable";
            /** @description The line in words. */
            description?: string;
            netMinor: components["schemas"]["AmountMinor"];
            serviceCreditMinor: components["schemas"]["AmountMinor"];
            taxMinor: components["schemas"]["AmountMinor"];
            payableMinor: components["schemas"]["AmountMinor"];
            /**
             * @description The code of the rate card's tax table.
             * @example standard
             */
            taxCode?: string;
            /**
             * @description The rate in percent.
             * @example 25.5
             */
            taxPercent?: string;
            taxAuthority?: components["schemas"]["PartyId"];
            /** @description Whether the payer takes the tax off its own. */
            taxRecovered?: boolean;
            document?: components["schemas"]["DocumentNumber"];
            corrects?: components["schemas"]["DocumentNumber"];
            stands?: components["schemas"]["LegProof"];
            stood?: components["schemas"]["LegProof"];
        };
        /**
         * @description An invoice of one party to another, or a note that changes one of an earlier period. It stands on the statements of
         *     both parties under the same number, and its amounts are what the customer owes.
         */
        StatementDocument: {
            number: components["schemas"]["DocumentNumber"];
            /**
             * @description A credit note takes off an earlier document, a debit note adds to it.
             * @enum {string}
             */
            type: "invoice" | "credit-note" | "debit-note";
            supplier: components["schemas"]["PartyId"];
            customer: components["schemas"]["PartyId"];
            issuedBy: components["schemas"]["PartyId"];
            /** @description Whether it was issued for the supplier in its name. */
            selfBilled: boolean;
            corrects?: components["schemas"]["DocumentNumber"];
            currency: components["schemas"]["Currency"];
            netMinor: components["schemas"]["AmountMinor"];
            serviceCreditMinor: components["schemas"]["AmountMinor"];
            taxMinor: components["schemas"]["AmountMinor"];
            payableMinor: components["schemas"]["AmountMinor"];
            /** @description What falls under which rate. */
            taxes: {
                /**
                 * @description The code of the tax.
                 * @example standard
                 */
                taxCode: string;
                /**
                 * @description The rate in percent.
                 * @example 25.5
                 */
                taxPercent: string;
                baseMinor: components["schemas"]["AmountMinor"];
                taxMinor: components["schemas"]["AmountMinor"];
            }[];
        };
        Statement: {
            id: components["schemas"]["Id"];
            /**
             * @description Gapless within the party.
             * @example nordic-apps-000001
             */
            number: string;
            party: components["schemas"]["PartyId"];
            period: components["schemas"]["Period"];
            currency: components["schemas"]["Currency"];
            /** @description The invoices and notes that the lines are part of. */
            documents?: components["schemas"]["StatementDocument"][];
            /** @description What makes up the totals; the first lines of a long statement. */
            lines: components["schemas"]["StatementLine"][];
            /** @description The party's prepaid balances that something happened to. */
            prepaid?: components["schemas"]["PrepaidMovement"][];
            /** @description How many lines the statement has in all. */
            lineCount?: number;
            /** @description `cursor` to the lines that aren't shown here, in `listStatementLines`; absent where all are. */
            nextLines?: string;
            netMinor: components["schemas"]["AmountMinor"];
            serviceCreditMinor: components["schemas"]["AmountMinor"];
            taxMinor: components["schemas"]["AmountMinor"];
            payableMinor: components["schemas"]["AmountMinor"];
            issuedAt?: components["schemas"]["Instant"];
            settlementId?: components["schemas"]["Id"];
        };
        StatementList: {
            /** @description The page. */
            items: components["schemas"]["Statement"][];
            nextCursor?: components["schemas"]["NextCursor"];
        };
        StatementLineList: {
            /** @description The page. */
            items: components["schemas"]["StatementLine"][];
            nextCursor?: components["schemas"]["NextCursor"];
        };
        /**
         * @description Agreement, commitment, payer and period, with colons between them.
         * @example storage:monthly:plant:2025-05
         */
        CommitmentId: string;
        /**
         * @description Agreement, balance and payer, with colons between them.
         * @example membership:credit:nordic-apps
         */
        PrepaidBalanceId: string;
        Commitment: {
            id: components["schemas"]["CommitmentId"];
            /** @description The version that bound last in the period. */
            agreement: {
                /**
                 * @description The agreement.
                 * @example storage
                 */
                id: string;
                version: components["schemas"]["Version"];
                digest: components["schemas"]["Digest"];
            };
            /**
             * @description The commitment within the agreement.
             * @example monthly
             */
            commitmentId: string;
            /** @description What it is about. */
            title?: string;
            payer: components["schemas"]["PartyId"];
            payee: components["schemas"]["PartyId"];
            currency: components["schemas"]["Currency"];
            /**
             * @description The period that it binds: a day, a week, a month, a quarter or a year.
             * @example 2025-Q1
             */
            period: string;
            start: components["schemas"]["Date"];
            end: components["schemas"]["Date"];
            /**
             * @description Whether the month of its last day is closed.
             * @enum {string}
             */
            status: "running" | "settled";
            netMinor: components["schemas"]["AmountMinor"];
            adjustmentMinor: components["schemas"]["AmountMinor"];
            taxMinor: components["schemas"]["AmountMinor"];
            fingerprint?: components["schemas"]["Fingerprint"];
            /** @description How it was settled. */
            trace?: Record<string, never>;
        };
        CommitmentList: {
            /** @description The page. */
            items: components["schemas"]["Commitment"][];
            nextCursor?: components["schemas"]["NextCursor"];
        };
        PrepaidBalance: {
            id: components["schemas"]["PrepaidBalanceId"];
            /**
             * @description The agreement.
             * @example membership
             */
            agreementId: string;
            /**
             * @description The balance within the agreement.
             * @example credit
             */
            balanceId: string;
            /** @description What it is about. */
            title?: string;
            payer: components["schemas"]["PartyId"];
            payee: components["schemas"]["PartyId"];
            currency: components["schemas"]["Currency"];
            /** @description It pays for what was delivered on these days; what is left after them expires. */
            validFor: {
                start?: components["schemas"]["Date"];
                end?: components["schemas"]["Date"];
            };
            /**
             * @description Whether it pays for anything any more.
             * @enum {string}
             */
            status: "open" | "expired";
            leftMinor: components["schemas"]["AmountMinor"];
            paidInMinor: components["schemas"]["AmountMinor"];
            drawnMinor: components["schemas"]["AmountMinor"];
            expiredMinor: components["schemas"]["AmountMinor"];
            refundedMinor: components["schemas"]["AmountMinor"];
            /** @description The payment by which it was topped up last. */
            lastReference?: string;
            updatedAt: components["schemas"]["Instant"];
        };
        PrepaidBalanceList: {
            /** @description The page. */
            items: components["schemas"]["PrepaidBalance"][];
            nextCursor?: components["schemas"]["NextCursor"];
        };
        TopUp: {
            /**
             * @description What is paid, in minor units of the balance's currency.
             * @example 10000
             */
            amountMinor: number;
            /**
             * @description The payment that it came by.
             * @example Invoice 4711
             */
            reference?: string;
        };
        /** @description A balance since the last statement. Carried and paid in, less drawn, expired and refunded, is what is left. */
        PrepaidMovement: {
            id: components["schemas"]["PrepaidBalanceId"];
            /** @description What the balance is about. */
            title?: string;
            payee: components["schemas"]["PartyId"];
            carriedMinor: components["schemas"]["AmountMinor"];
            paidInMinor: components["schemas"]["AmountMinor"];
            drawnMinor: components["schemas"]["AmountMinor"];
            expiredMinor: components["schemas"]["AmountMinor"];
            refundedMinor: components["schemas"]["AmountMinor"];
            leftMinor: components["schemas"]["AmountMinor"];
        };
        SettlementRequest: {
            period: components["schemas"]["Period"];
        };
        /** @description Positive is owed to the party, negative is owed by it. All positions of a currency sum to zero. */
        Position: {
            party: components["schemas"]["PartyId"];
            amountMinor: components["schemas"]["AmountMinor"];
            currency: components["schemas"]["Currency"];
        };
        Settlement: {
            id: components["schemas"]["Id"];
            period: components["schemas"]["Period"];
            /**
             * @description A settlement is final.
             * @constant
             */
            status: "closed";
            closedAt: components["schemas"]["Instant"];
            /** @description The net position of each party. */
            positions: components["schemas"]["Position"][];
            /** @description The statements that were issued. */
            statements: components["schemas"]["Id"][];
        };
        SettlementList: {
            /** @description The page. */
            items: components["schemas"]["Settlement"][];
            nextCursor?: components["schemas"]["NextCursor"];
        };
        Event: {
            id: components["schemas"]["Id"];
            type: components["schemas"]["EventType"];
            /** @description The id of what it is about. */
            subject: string;
            time: components["schemas"]["Instant"];
            /** @description The `Eco-Request-Id` of the request that caused it. */
            causedBy?: string;
            /** @description Grows with every event. */
            sequence: number;
            /** @description The payload that the event documents describe for the type. */
            data: Record<string, never>;
        };
        EventList: {
            /** @description The page. */
            items: components["schemas"]["Event"][];
            nextCursor?: components["schemas"]["NextCursor"];
        };
        WebhookEndpointRequest: {
            url: components["schemas"]["Url"];
            /** @description Which events to send, by CloudEvents type or by the name of the domain event. Left out or empty, all. */
            eventTypes?: components["schemas"]["EventType"][];
            /** @description For your own eyes. */
            description?: string;
        };
        WebhookEndpoint: {
            id: components["schemas"]["Id"];
            party: components["schemas"]["PartyId"];
            url: components["schemas"]["Url"];
            /** @description Which events are sent. Empty means all. */
            eventTypes: components["schemas"]["EventType"][];
            /** @description For your own eyes. */
            description?: string;
            /**
             * @description `disabled` after five events in a row that could not be brought to it, or a 410; verify it again to go on.
             * @enum {string}
             */
            status: "pending" | "verified" | "paused" | "disabled";
            /** @description Why it is disabled. */
            disabledReason?: string;
            createdAt: components["schemas"]["Instant"];
            verifiedAt?: components["schemas"]["Instant"];
        };
        WebhookEndpointChange: {
            /**
             * @description `paused` keeps events for it; `active` sends them again.
             * @enum {string}
             */
            status?: "active" | "paused";
            /** @description Which events to send from now on. Empty means all. */
            eventTypes?: components["schemas"]["EventType"][];
            /** @description For your own eyes. */
            description?: string;
        };
        Dispatch: {
            /** @description The event and the endpoint; for a replay also what caused it. */
            id: string;
            endpointId: components["schemas"]["Id"];
            url: components["schemas"]["Url"];
            /**
             * @description `failed` after the last attempt; replay the event to try again.
             * @enum {string}
             */
            state: "pending" | "done" | "failed";
            nextAttemptAt?: components["schemas"]["Instant"];
            /** @description Oldest first. */
            attempts: components["schemas"]["DispatchAttempt"][];
        };
        DispatchAttempt: {
            at: components["schemas"]["Instant"];
            /** @description How long your receiver took. */
            durationMs: number;
            /** @description What your receiver answered. */
            status?: number;
            /** @description Why the attempt doesn't count, or why there was no answer. */
            error?: string;
        };
        DispatchList: {
            /** @description The dispatches. */
            items: components["schemas"]["Dispatch"][];
        };
        EndpointVerification: {
            /** @description The challenge of the latest verification event. */
            challenge?: string;
        };
        WebhookEndpointWithSecret: {
            id: components["schemas"]["Id"];
            party: components["schemas"]["PartyId"];
            url: components["schemas"]["Url"];
            /** @description Which events are sent. Empty means all. */
            eventTypes: components["schemas"]["EventType"][];
            /** @description For your own eyes. */
            description?: string;
            /**
             * @description Only challenges are sent before it is verified.
             * @enum {string}
             */
            status: "pending" | "verified" | "paused" | "disabled";
            createdAt: components["schemas"]["Instant"];
            verifiedAt?: components["schemas"]["Instant"];
            /** @description The Standard Webhooks secret. Shown this once. */
            secret: string;
            previousSecretExpiresAt?: components["schemas"]["Instant"];
        };
        WebhookEndpointList: {
            /** @description The page. */
            items: components["schemas"]["WebhookEndpoint"][];
            nextCursor?: components["schemas"]["NextCursor"];
        };
        /**
         * @description Whether it is decided.
         * @enum {string}
         */
        DisputeStatus: "open" | "resolved";
        DisputeRequest: {
            deliveryId: components["schemas"]["Id"];
            reason: components["schemas"]["Text"];
            /** @description How much of the net charge is claimed back. Left out, all of it. */
            claimMinor?: number;
        };
        /**
         * @description How it was decided.
         * @enum {string}
         */
        DisputeOutcome: "upheld" | "rejected" | "partly-upheld";
        DisputeResolution: {
            outcome: components["schemas"]["DisputeOutcome"];
            /** @description The net amount credited, for `partly-upheld`. */
            creditMinor?: number;
            reason: components["schemas"]["Text"];
        };
        Dispute: {
            id: components["schemas"]["Id"];
            deliveryId: components["schemas"]["Id"];
            openedBy: components["schemas"]["PartyId"];
            reason: components["schemas"]["Text"];
            claimMinor?: components["schemas"]["AmountMinor"];
            currency?: components["schemas"]["Currency"];
            status: components["schemas"]["DisputeStatus"];
            outcome?: components["schemas"]["DisputeOutcome"];
            creditMinor?: components["schemas"]["AmountMinor"];
            dueAt: components["schemas"]["Instant"];
            openedAt: components["schemas"]["Instant"];
            resolvedAt?: components["schemas"]["Instant"];
            resolution?: components["schemas"]["Text"];
        };
        DisputeList: {
            /** @description The page. */
            items: components["schemas"]["Dispute"][];
            nextCursor?: components["schemas"]["NextCursor"];
        };
        /**
         * @description Where a change of the specs stands. Once `announced`, its notice runs; `in-effect` from its day on.
         * @enum {string}
         */
        ChangeStatus: "proposed" | "announced" | "rejected" | "withdrawn" | "in-effect";
        /**
         * @description What a change asks of those who built against the former specs, the gravest first.
         * @enum {string}
         */
        ChangeLevel: "breaking" | "possibly-breaking" | "compatible" | "text";
        /**
         * @description What of the specs something is about.
         * @enum {string}
         */
        SubjectKind: "operation" | "message" | "channel" | "channel-operation" | "server" | "workflow" | "check" | "agreement" | "rate-card" | "ecosystem" | "metrics" | "certification" | "document";
        ChangeReach: {
            kind: components["schemas"]["SubjectKind"];
            /** @description Its id, as those know it who built against the former specs. */
            id: string;
            /** @description Where in it; empty for all of it. */
            where?: string;
            level: components["schemas"]["ChangeLevel"];
        };
        ChangePlace: {
            /**
             * @description Which of the two spec sets.
             * @enum {string}
             */
            side: "old" | "new";
            /** @description The document's path in its spec set. */
            document: string;
            /** @description JSON pointer into the document as it is bundled. */
            pointer: string;
        };
        SpecChange: {
            level?: components["schemas"]["ChangeLevel"];
            /** @description Stable name of the kind of change, such as `field.removed`. */
            rule: string;
            /** @description A sentence for people. */
            message: string;
            place: components["schemas"]["ChangePlace"];
            /** @description What it reaches. */
            reaches: components["schemas"]["ChangeReach"][];
        };
        /** @description What `eco specs diff --json` says. Levels and counts of the whole are worked out anew. */
        SpecDifference: {
            from: components["schemas"]["Digest"];
            to: components["schemas"]["Digest"];
            counts?: components["schemas"]["ChangeCounts"];
            /** @description Each change once, with what it reaches. */
            changes: components["schemas"]["SpecChange"][];
        };
        /** @description How many changes there are of each level. */
        ChangeCounts: {
            /** @description Changes that break. */
            breaking: number;
            /** @description Changes that may break. */
            "possibly-breaking": number;
            /** @description Changes that nobody notices who built against the former specs. */
            compatible: number;
            /** @description Changes of words alone. */
            text: number;
        };
        /** @description What a partner really uses, from your own traffic. */
        PartnerUse: {
            partner: components["schemas"]["PartyId"];
            /** @description Ids of operations that it calls. */
            calls?: string[];
            /** @description Ids of operations of its own that are called. */
            implements?: string[];
            /** @description Ids of messages that it receives. */
            receives?: string[];
            /** @description Ids of agreements and rate cards that its deliveries are rated by. */
            documents?: string[];
        };
        ChangeProposal: {
            /** @description What the change is for, in a few words. */
            title: string;
            summary?: components["schemas"]["Text"];
            difference: components["schemas"]["SpecDifference"];
            effectiveAt?: components["schemas"]["Instant"];
            /** @description Who uses what. Whom it names is affected by what it uses there, all others by their rights and agreements. */
            traffic?: components["schemas"]["PartnerUse"][];
        };
        /** @description Why a change concerns a party. */
        ChangeReason: {
            kind: components["schemas"]["SubjectKind"];
            /** @description Its id. */
            id: string;
            level: components["schemas"]["ChangeLevel"];
            /**
             * @description The first four as the proposal's `traffic` says, or by its role; the others as the platform knows them.
             * @enum {string}
             */
            how: "calls" | "implements" | "receives" | "rated-by" | "may-call" | "subscribed" | "agreed" | "certified" | "takes-part";
        };
        AffectedParty: {
            party: components["schemas"]["PartyId"];
            level: components["schemas"]["ChangeLevel"];
            /** @description Why, the gravest first. */
            because: components["schemas"]["ChangeReason"][];
            /** @description How many reasons there are in all. */
            reasons: number;
            /** @description Ids of the checks that its certifications have to pass again. */
            checks: string[];
        };
        AffectedList: {
            /** @description The page. */
            items: components["schemas"]["AffectedParty"][];
            nextCursor?: components["schemas"]["NextCursor"];
        };
        ObjectionRequest: {
            reason: components["schemas"]["Text"];
        };
        Objection: {
            id: components["schemas"]["Id"];
            changeId?: components["schemas"]["Id"];
            party: components["schemas"]["PartyId"];
            reason: components["schemas"]["Text"];
            objectedAt: components["schemas"]["Instant"];
            answer?: components["schemas"]["Text"];
            answeredAt?: components["schemas"]["Instant"];
        };
        ChangeCommentRequest: {
            text: components["schemas"]["Text"];
            answers?: components["schemas"]["Id"];
        };
        ChangeComment: {
            id: components["schemas"]["Id"];
            changeId: components["schemas"]["Id"];
            party: components["schemas"]["PartyId"];
            text: components["schemas"]["Text"];
            answers?: components["schemas"]["Id"];
            saidAt: components["schemas"]["Instant"];
        };
        ChangeCommentList: {
            /** @description The page. */
            items: components["schemas"]["ChangeComment"][];
            nextCursor?: components["schemas"]["NextCursor"];
        };
        ChangeDecision: {
            /**
             * @description Whether it comes.
             * @enum {string}
             */
            outcome: "announced" | "rejected";
            reason: components["schemas"]["Text"];
            effectiveAt?: components["schemas"]["Instant"];
        };
        ChangeWithdrawal: {
            reason: components["schemas"]["Text"];
        };
        /** @description A change of the specs, without what it changes. */
        ChangeHead: {
            id: components["schemas"]["Id"];
            /** @description What the change is for, in a few words. */
            title: string;
            summary?: components["schemas"]["Text"];
            status: components["schemas"]["ChangeStatus"];
            proposedBy: components["schemas"]["PartyId"];
            proposedAt: components["schemas"]["Instant"];
            from: components["schemas"]["Digest"];
            to: components["schemas"]["Digest"];
            level: components["schemas"]["ChangeLevel"];
            counts: components["schemas"]["ChangeCounts"];
            objectionsUntil: components["schemas"]["Instant"];
            effectiveAt: components["schemas"]["Instant"];
            /** @description How many parties it affects. */
            affectedCount: number;
            /** @description How many of them object. */
            objectionCount?: number;
            announcedAt?: components["schemas"]["Instant"];
            /** @description When it may hold at the earliest, by the notice that rules and agreements promise. */
            earliestAt?: components["schemas"]["Instant"];
            decidedAt?: components["schemas"]["Instant"];
            withdrawnAt?: components["schemas"]["Instant"];
            inEffectAt?: components["schemas"]["Instant"];
            reason?: components["schemas"]["Text"];
        };
        /** @description A change of the specs. */
        Change: components["schemas"]["ChangeHead"] & {
            /** @description Ids of the journeys that it touches. */
            journeys?: string[];
            /** @description Ids of the checks of the certification that look at what changed. */
            checks?: string[];
            /** @description What affected parties have against it. */
            objections?: components["schemas"]["Objection"][];
            /** @description What it changes, the gravest first. */
            changes?: components["schemas"]["SpecChange"][];
            affectsYou?: components["schemas"]["AffectedParty"];
        };
        ChangeList: {
            /** @description The page. */
            items: components["schemas"]["ChangeHead"][];
            nextCursor?: components["schemas"]["NextCursor"];
        };
        /**
         * @description Where a certification stands.
         * @enum {string}
         */
        CertificationStatus: "submitted" | "issued" | "refused" | "suspended" | "revoked" | "lapsed";
        /**
         * @description A part in which a partner is certified.
         * @enum {string}
         */
        CertificationPart: "client" | "provider" | "receiver" | "journeys" | "money" | "governance";
        /**
         * @description How much is proved.
         * @enum {string}
         */
        CertificationLevel: "bronze" | "silver" | "gold";
        CertificationRequest: {
            /** @description In what. */
            parts: components["schemas"]["CertificationPart"][];
            level: components["schemas"]["CertificationLevel"];
            /** @description Which build of yours is tested. */
            build?: string;
            submittedBy?: components["schemas"]["CertificationPerson"];
            targetUrl?: components["schemas"]["Url"];
            credentials?: components["schemas"]["CertificationCredentials"];
            endpointId?: components["schemas"]["Id"];
            manifest?: components["schemas"]["PartnerManifest"];
            /** @description The report of a self-test. */
            report?: Record<string, never>;
        };
        /**
         * @description What you implement, as `partner-manifest.schema.json` has it. What is declared decides what is tested; a list that
         *     is left out means everything.
         */
        PartnerManifest: {
            id?: components["schemas"]["PartyId"];
            /** @description The role in which you take part. */
            role?: string;
            /** @description Your build. */
            build?: string;
            /** @description In what you want to be certified. */
            parts?: components["schemas"]["CertificationPart"][];
            /** @description Operations that your API implements. */
            operations?: components["schemas"]["ManifestNames"];
            /** @description Operations that your client calls. */
            calls?: components["schemas"]["ManifestNames"];
            /** @description Message types that your receiver handles. */
            events?: components["schemas"]["ManifestNames"];
            /** @description Journeys that your builds take part in. */
            workflows?: components["schemas"]["ManifestNames"];
            /** @description Values for the inputs of journeys, by workflow id: your client id first of all. */
            inputs?: {
                [key: string]: Record<string, never>;
            };
            /** @description Where your receiver tells how often a message took effect. */
            inspection?: components["schemas"]["Url"];
            /**
             * @description Where your own figures for charges come from. `POST` with `{kind: charge | reversal, delivery}` answers
             *     `{currency, netMinor, serviceCreditMinor, taxMinor, payableMinor}`, or 4xx where you have no price.
             */
            figures?: {
                url: components["schemas"]["Url"];
                /** @description Products that you compute figures for. */
                products?: components["schemas"]["ManifestNames"];
            };
            /** @description Path parameter to the value of a resource that exists. */
            samples?: {
                [key: string]: string;
            };
            /** @description Document to the digest of the one that you built against. */
            specDigests?: {
                [key: string]: string;
            };
        };
        ManifestNames: string[];
        /** @description A person, by name or address. */
        CertificationPerson: string;
        CertificationReviewed: {
            /**
             * @description What was decided.
             * @enum {string}
             */
            decision: "issued" | "refused";
            reason: components["schemas"]["Text"];
            reviewer?: components["schemas"]["CertificationPerson"];
            at: components["schemas"]["Instant"];
        };
        /** @description A check, by its id. */
        CertificationCheckId: string;
        CertificationWaiverRequest: {
            check: components["schemas"]["CertificationCheckId"];
            reason: components["schemas"]["Text"];
            until: components["schemas"]["Instant"];
        };
        CertificationWaiverDecision: {
            check: components["schemas"]["CertificationCheckId"];
            /**
             * @description What comes of it.
             * @enum {string}
             */
            decision: "granted" | "refused";
            reason: components["schemas"]["Text"];
            until?: components["schemas"]["Instant"];
        };
        /** @description A check that need not hold for a while. When a waiver ends, the certification lapses. */
        CertificationWaiver: {
            check: components["schemas"]["CertificationCheckId"];
            reason: components["schemas"]["Text"];
            until: components["schemas"]["Instant"];
            /**
             * @description What came of it.
             * @enum {string}
             */
            status: "requested" | "granted" | "refused";
            requestedAt: components["schemas"]["Instant"];
            decidedAt?: components["schemas"]["Instant"];
            because?: components["schemas"]["Text"];
        };
        /** @description Something to be met by a date. Missed, it suspends the certification. */
        CertificationCondition: {
            text: components["schemas"]["Text"];
            until: components["schemas"]["Instant"];
            /**
             * @description Whether it is met.
             * @enum {string}
             */
            status: "open" | "met";
            metAt?: components["schemas"]["Instant"];
        };
        CertificationConditionMet: {
            /** @description Which one: its place in the list, from 0. */
            condition: number;
            reason: components["schemas"]["Text"];
        };
        /** @description Measured behaviour is below what the level asks for. Back above it in time, the level is kept; else it lapses. */
        CertificationRisk: {
            /** @description Which metric. */
            metric: string;
            /** @description What was measured. */
            value: number;
            since: components["schemas"]["Instant"];
            until: components["schemas"]["Instant"];
        };
        /** @description The time in which your client is watched. */
        CertificationObservation: {
            opensAt: components["schemas"]["Instant"];
            closesAt: components["schemas"]["Instant"];
            closedAt?: components["schemas"]["Instant"];
        };
        /** @description Access tokens of your API, by which the sandbox calls it. Kept until the run has ended, and never shown. */
        CertificationCredentials: {
            token?: components["schemas"]["CertificationToken"];
            expiredToken?: components["schemas"]["CertificationToken"];
            limitedToken?: components["schemas"]["CertificationToken"];
            otherToken?: components["schemas"]["CertificationToken"];
        };
        /** @description A bearer token; genuine, past its expiry, without scopes, or of another tenant. */
        CertificationToken: string;
        CertificationStanding: {
            /**
             * @description How it stands from now on; `issued` reinstates.
             * @enum {string}
             */
            status: "issued" | "suspended" | "revoked";
            reason: components["schemas"]["Text"];
        };
        CertificationRun: {
            certificationId: components["schemas"]["Id"];
            /** @description The report, as `eco certify --json` gives it. */
            report: Record<string, never>;
        };
        CertificationKeys: {
            /** @description JSON Web Keys, EdDSA. */
            keys: Record<string, never>[];
        };
        CertificationStatusList: {
            /** @description The signed list, a compact JWS. */
            statusList: string;
            issuedAt: components["schemas"]["Instant"];
            expiresAt: components["schemas"]["Instant"];
        };
        CertificationReview: {
            /**
             * @description What comes of it.
             * @enum {string}
             */
            decision: "issued" | "refused";
            reason: components["schemas"]["Text"];
            reviewer?: components["schemas"]["CertificationPerson"];
            /** @description What must be met afterwards, and by when. */
            conditions?: {
                text: components["schemas"]["Text"];
                until: components["schemas"]["Instant"];
            }[];
        };
        Certification: {
            id: components["schemas"]["Id"];
            party: components["schemas"]["PartyId"];
            /** @description In what. */
            parts: components["schemas"]["CertificationPart"][];
            level: components["schemas"]["CertificationLevel"];
            /** @description Which build was tested. */
            build?: string;
            status: components["schemas"]["CertificationStatus"];
            /** @description The seed of the run. The sandbox chose it, and shows it when the run has ended. */
            seed?: string;
            /**
             * @description What the run that the sandbox drives has come to: `observing` while it watches your client, `none` where it
             *     can't drive all the parts.
             * @enum {string}
             */
            evidence?: "none" | "observing" | "waiting" | "passed" | "failed" | "incomplete";
            observation?: components["schemas"]["CertificationObservation"];
            /** @description Why there is no run, one sentence for each part. */
            notDriven?: string[];
            /** @description What the run lacks for the level asked for. */
            missing?: string[];
            reached?: components["schemas"]["CertificationLevel"];
            /** @description Digest of seed, specs, checks and outcomes. */
            runDigest?: string;
            submittedAt: components["schemas"]["Instant"];
            issuedAt?: components["schemas"]["Instant"];
            expiresAt?: components["schemas"]["Instant"];
            /** @description The certificate as a JWS, signed by the orchestrator. */
            certificate?: string;
            reason?: components["schemas"]["Text"];
            submittedBy?: components["schemas"]["CertificationPerson"];
            /** @description What persons decided. */
            reviews?: components["schemas"]["CertificationReviewed"][];
            /** @description Checks that need not hold for a while. */
            waivers?: components["schemas"]["CertificationWaiver"][];
            /** @description What is to be met. */
            conditions?: components["schemas"]["CertificationCondition"][];
            risk?: components["schemas"]["CertificationRisk"];
        };
        CertificationList: {
            /** @description The page. */
            items: components["schemas"]["Certification"][];
            nextCursor?: components["schemas"]["NextCursor"];
        };
        /**
         * @description How far it is.
         * @enum {string}
         */
        IncidentStatus: "open" | "acknowledged" | "resolved";
        /**
         * @description How bad it is.
         * @enum {string}
         */
        IncidentSeverity: "critical" | "major" | "minor";
        /**
         * @description Why it happened.
         * @enum {string}
         */
        IncidentCause: "defect" | "overload" | "human-error" | "third-party" | "force-majeure";
        /** @description What is wrong, in a few words. */
        IncidentTitle: string;
        /** @description Products that are affected; all of the parties' where there are none. */
        IncidentProducts: components["schemas"]["Product"][];
        /** @description Parties whose services are affected; everybody's where there are none. */
        IncidentPartyIds: components["schemas"]["PartyId"][];
        IncidentRequest: {
            title: components["schemas"]["IncidentTitle"];
            severity: components["schemas"]["IncidentSeverity"];
            products?: components["schemas"]["IncidentProducts"];
            parties?: components["schemas"]["IncidentPartyIds"];
            since?: components["schemas"]["DeliveryTime"];
            owner?: components["schemas"]["PartyId"];
            note?: components["schemas"]["Text"];
        };
        IncidentUpdate: {
            note: components["schemas"]["Text"];
            severity?: components["schemas"]["IncidentSeverity"];
            products?: components["schemas"]["IncidentProducts"];
            parties?: components["schemas"]["IncidentPartyIds"];
        };
        IncidentHandover: {
            owner: components["schemas"]["PartyId"];
            note?: components["schemas"]["Text"];
        };
        IncidentResolution: {
            cause: components["schemas"]["IncidentCause"];
            summary: components["schemas"]["Text"];
            until?: components["schemas"]["DeliveryTime"];
        };
        IncidentReview: {
            review: components["schemas"]["Text"];
            /** @description What is done so that it doesn't happen again. */
            actions?: components["schemas"]["Text"][];
        };
        IncidentExcuse: {
            deliveryId: components["schemas"]["Id"];
            reason: components["schemas"]["Text"];
        };
        IncidentNote: {
            at: components["schemas"]["Instant"];
            by: components["schemas"]["PartyId"];
            note: components["schemas"]["Text"];
        };
        /** @description An incident into which a delivery fell. */
        IncidentSummary: {
            id: components["schemas"]["Id"];
            title: components["schemas"]["IncidentTitle"];
            severity: components["schemas"]["IncidentSeverity"];
            status: components["schemas"]["IncidentStatus"];
            owner: components["schemas"]["PartyId"];
            since: components["schemas"]["Instant"];
            until?: components["schemas"]["Instant"];
            cause?: components["schemas"]["IncidentCause"];
        };
        Incident: {
            id: components["schemas"]["Id"];
            title: components["schemas"]["IncidentTitle"];
            severity: components["schemas"]["IncidentSeverity"];
            status: components["schemas"]["IncidentStatus"];
            reportedBy: components["schemas"]["PartyId"];
            owner: components["schemas"]["PartyId"];
            products: components["schemas"]["IncidentProducts"];
            parties: components["schemas"]["IncidentPartyIds"];
            since: components["schemas"]["Instant"];
            until?: components["schemas"]["Instant"];
            openedAt: components["schemas"]["Instant"];
            acknowledgeBy?: components["schemas"]["Instant"];
            resolveBy?: components["schemas"]["Instant"];
            reviewBy?: components["schemas"]["Instant"];
            acknowledgedAt?: components["schemas"]["Instant"];
            resolvedAt?: components["schemas"]["Instant"];
            reviewedAt?: components["schemas"]["Instant"];
            cause?: components["schemas"]["IncidentCause"];
            summary?: components["schemas"]["Text"];
            review?: components["schemas"]["Text"];
            /** @description What is done so that it doesn't happen again. */
            actions?: components["schemas"]["Text"][];
            /** @description Deadlines that it missed. */
            overdue: ("acknowledge" | "resolve" | "review")[];
            /** @description What was said about it, oldest first. */
            updates: components["schemas"]["IncidentNote"][];
            /** @description Whom it concerns, as far as you may know. */
            affected: components["schemas"]["PartyId"][];
        };
        IncidentList: {
            /** @description The page. */
            items: components["schemas"]["Incident"][];
            nextCursor?: components["schemas"]["NextCursor"];
        };
        /**
         * @description Whether it stands.
         * @enum {string}
         */
        FeedbackStatus: "given" | "withdrawn";
        /** @description From 1 (poor) to 5 (excellent). */
        FeedbackScore: number;
        /**
         * @description Whose opinion it is.
         * @enum {string}
         */
        FeedbackGiver: "customer" | "beneficiary";
        FeedbackRequest: {
            deliveryId?: components["schemas"]["Id"];
            caseId?: components["schemas"]["Id"];
            score: components["schemas"]["FeedbackScore"];
            comment?: components["schemas"]["Text"];
            givenBy?: components["schemas"]["FeedbackGiver"];
        } & (unknown | unknown);
        FeedbackChange: {
            score?: components["schemas"]["FeedbackScore"];
            comment?: components["schemas"]["Text"];
        };
        Feedback: {
            id: components["schemas"]["Id"];
            deliveryId?: components["schemas"]["Id"];
            caseId?: components["schemas"]["Id"];
            product?: components["schemas"]["Product"];
            customer: components["schemas"]["PartyId"];
            givenBy: components["schemas"]["FeedbackGiver"];
            status: components["schemas"]["FeedbackStatus"];
            score?: components["schemas"]["FeedbackScore"];
            comment?: components["schemas"]["Text"];
            createdAt: components["schemas"]["Instant"];
            changeableUntil: components["schemas"]["Instant"];
            changedAt?: components["schemas"]["Instant"];
            withdrawnAt?: components["schemas"]["Instant"];
        };
        FeedbackList: {
            /** @description The page. */
            items: components["schemas"]["Feedback"][];
            nextCursor?: components["schemas"]["NextCursor"];
        };
        EcosystemMap: {
            /**
             * @description The accounting month, or the first and the last of several.
             * @example 2025-01/2025-03
             */
            period: string;
            product?: components["schemas"]["Product"];
            computedAt: components["schemas"]["Instant"];
            /**
             * @description Whether it shows the flows of the party that asked, or all of them.
             * @enum {string}
             */
            sees: "own" | "all";
            network: components["schemas"]["MapNetwork"];
            /** @description Sorted by id: all of the network, or the party that asked and those it deals with. */
            parties: components["schemas"]["MapParty"][];
            /** @description Sorted by payer, then payee. */
            flows: components["schemas"]["MapFlow"][];
        };
        /** @description Of the whole ecosystem, whoever asks. */
        MapNetwork: {
            /** @description How many parties paid or were paid. */
            parties: number;
            /** @description How many pairs of a payer and a payee there are. Who gave back more than it got is the payer. */
            links: number;
            /** @description The links that there are, of all that there could be: links / (parties × (parties − 1)). */
            density: number;
            /** @description What the parties received together. */
            currencies: {
                currency: components["schemas"]["Currency"];
                /** @description How many parties received something. */
                payees: number;
                totalMinor?: components["schemas"]["AmountMinor"];
                /** @description Herfindahl–Hirschman index: the sum of the squared shares of the payees, from 1 / payees to 1. A party sees it where at least three others received something. */
                concentration?: number;
            }[];
        };
        /** @description A party of the map. Its figures are shown to itself and to those who oversee the ecosystem. */
        MapParty: {
            id: components["schemas"]["PartyId"];
            /**
             * @description Its role in the ecosystem.
             * @example complementor
             */
            role?: string;
            /** @description In how many deliveries it paid or was paid. Below zero where more were taken back than booked. */
            deliveries?: number;
            /** @description What it paid and received, credits and recourse taken off, before tax: its strength in the network. */
            amounts?: {
                currency: components["schemas"]["Currency"];
                paidMinor: components["schemas"]["AmountMinor"];
                receivedMinor: components["schemas"]["AmountMinor"];
                /** @description Herfindahl–Hirschman index of what it received, by payer: 1 where all comes from one. */
                concentration?: number;
            }[];
            /** @description By how many parties it is paid. */
            inDegree?: number;
            /** @description How many parties it pays. */
            outDegree?: number;
            /** @description Freeman's betweenness centrality: the shortest ways from payers to payees that lead over it, of all between two others. */
            betweenness?: number;
            brokerage?: components["schemas"]["Brokerage"];
        };
        /** @description Gould and Fernandez's brokerage roles: how often it is paid by one party and pays another that the first doesn't pay itself, by the roles of the three. */
        Brokerage: {
            /** @description All of them. */
            total: number;
            /** @description All three have one role. */
            coordinator: number;
            /** @description The other two have one role, and it another. */
            consultant: number;
            /** @description It has the role of the payee. */
            gatekeeper: number;
            /** @description It has the role of the payer. */
            representative: number;
            /** @description Three roles. */
            liaison: number;
        };
        MapFlow: {
            payer: components["schemas"]["PartyId"];
            payee: components["schemas"]["PartyId"];
            /** @description For how many deliveries. Below zero where more were taken back than booked. */
            deliveries: number;
            /** @description For which products. */
            products: components["schemas"]["Product"][];
            /** @description By currency, as booked: corrections and cancellations are taken off. */
            amounts: {
                currency: components["schemas"]["Currency"];
                netMinor: components["schemas"]["AmountMinor"];
                creditMinor: components["schemas"]["AmountMinor"];
                valueMinor: components["schemas"]["AmountMinor"];
                taxMinor: components["schemas"]["AmountMinor"];
            }[];
        };
        MetricFigure: {
            /** @description In the metric's unit, rounded to six places, half to even. Absent where there is nothing to measure, or not enough. */
            value?: number;
            /** @description Whether the target is met, by the value before it was rounded. */
            met?: boolean;
            /** @description From how many records it was computed. */
            samples: number;
            /** @description Of a share: the sum of what counts. */
            part?: number;
            /** @description Of a share: the sum of what could have counted. */
            of?: number;
            /** @description Why there is no value. */
            reason?: string;
        };
        MetricValue: {
            /**
             * @description The metric's id in the catalogue.
             * @example on-time-rate
             */
            id: string;
            /**
             * @description Which layer it belongs to.
             * @enum {string}
             */
            layer: "outcome" | "health" | "operations";
            /** @description The metric in words. */
            title: string;
            /**
             * @description In what it is measured.
             * @example ratio
             */
            unit: string;
            /**
             * @description Which values are good ones.
             * @enum {string}
             */
            direction: "higher-is-better" | "lower-is-better";
            /** @description What is aimed at. */
            target?: number;
            /** @description From how many records on there is a value. */
            minimum: number;
            /** @description Of the party's own part. Absent where the metric is one of the ecosystem alone. */
            own?: components["schemas"]["MetricFigure"];
            /** @description Of the whole ecosystem. What it is made of is shown to those who oversee it. */
            ecosystem: components["schemas"]["MetricFigure"];
        };
        Scorecard: {
            party: components["schemas"]["PartyId"];
            period?: components["schemas"]["Months"];
            from?: components["schemas"]["Instant"];
            until?: components["schemas"]["Instant"];
            computedAt: components["schemas"]["Instant"];
            /**
             * @description The tier that follows from the metrics.
             * @example silver
             */
            tier?: string;
            /** @description All metrics of the catalogue. */
            metrics: components["schemas"]["MetricValue"][];
        };
        ScorecardList: {
            /** @description The page. */
            items: components["schemas"]["Scorecard"][];
            nextCursor?: components["schemas"]["NextCursor"];
        };
        MetricRecord: {
            /**
             * @description What it is.
             * @enum {string}
             */
            record: "delivery" | "case" | "work-order" | "dispute" | "feedback" | "incident" | "party" | "provider" | "certification" | "dispatch";
            /** @description Its id. */
            id: string;
            /** @description When it counts, RFC 3339. */
            at: string;
            /** @description Whose part it is. */
            parties: components["schemas"]["PartyId"][];
            /** @description What counts of `of`: records, minor units or checks; of a time its milliseconds, of a provider its deliveries, of feedback its score. */
            part: number;
            /** @description What could have counted. */
            of: number;
        };
        MetricRecordList: {
            /** @description The page. */
            items: components["schemas"]["MetricRecord"][];
            nextCursor?: components["schemas"]["NextCursor"];
        };
        /**
         * Format: date
         * @description A calendar day.
         * @example 2025-03-11
         */
        Day: string;
        BriefSubject: {
            /**
             * @description What it is; `all` is everything together.
             * @enum {string}
             */
            kind: "provider" | "product" | "customer" | "party" | "all";
            /** @description Its id; absent for all together. */
            id?: string;
        };
        Anomaly: {
            /**
             * @description What was looked at.
             * @example deliveries
             */
            signal: string;
            /**
             * @description What it belongs to.
             * @enum {string}
             */
            area: "demand" | "capacity" | "quality";
            /** @description The signal's name for people. */
            title: string;
            /** @description Whose or what the figure is of. */
            subject: components["schemas"]["BriefSubject"];
            /** @description Others with just the same figures, such as the only product of a provider. */
            sameFor?: components["schemas"]["BriefSubject"][];
            /**
             * @description On which side of the ordinary.
             * @enum {string}
             */
            direction: "above" | "below";
            /**
             * @description What the figures are: a number of records, a share, a typical time.
             * @enum {string}
             */
            unit: "records" | "ratio" | "seconds";
            /** @description The figure of the day. */
            observed: number;
            /** @description The middle of the same weekdays before. */
            expected: number;
            /** @description The least that is ordinary. */
            from: number;
            /** @description The most that is ordinary. */
            to: number;
            /** @description How many records count for a share. */
            part?: number;
            /** @description How many records the figure is made of. */
            of: number;
            /** @description With how many earlier weeks it was compared. */
            weeks: number;
            /** @description How far out it is, in standard errors; negative when below. */
            score: number;
            /** @description On how many days chance alone brings it about once; 1000000 stands for more as well. */
            oneIn: number;
            /** @description The anomaly in a sentence. */
            summary: string;
            /** @description Ids of records of that day that it is made of, the first ones; of a share those that count. */
            records: string[];
        };
        Brief: {
            day: components["schemas"]["Day"];
            /**
             * @description The time zone of the day.
             * @example Europe/Helsinki
             */
            timeZone: string;
            /** @description Whether the day has gone by. */
            complete: boolean;
            computedAt: components["schemas"]["Instant"];
            party?: components["schemas"]["PartyId"];
            /** @description How many weeks back it looks. */
            weeks: number;
            /** @description From how many of them on something is compared. */
            minimumWeeks: number;
            /** @description How many false alarms an ordinary day brings in the mean, over all comparisons. */
            falseAlarms: number;
            /** @description How many figures were compared. */
            compared: number;
            /** @description How many figures of the day have too few weeks behind them. */
            tooNew: number;
            /** @description The day in a sentence. */
            summary: string;
            /** @description What was out of the ordinary, the rarest first. */
            anomalies: components["schemas"]["Anomaly"][];
        };
        /**
         * @description What is open.
         * @enum {string}
         */
        WaitingKind: "work-order" | "case" | "dispute" | "incident" | "certification" | "endpoint" | "period" | "onboarding" | "exit";
        WaitingItem: {
            kind: components["schemas"]["WaitingKind"];
            /** @description Its id; of a period the month, of onboarding and exit the party. */
            id: string;
            turn: components["schemas"]["PartyId"];
            /** @description What that party has to do. */
            task: string;
            since: components["schemas"]["Instant"];
            dueAt?: components["schemas"]["Instant"];
            /** @description Whether it should have been done by now. */
            overdue: boolean;
        };
        Waiting: {
            /** @description How much is open, shown or not. */
            open: number;
            /** @description How much of it is overdue. */
            overdue: number;
            /** @description The same by kind. */
            kinds: {
                kind: components["schemas"]["WaitingKind"];
                /** @description How much is open. */
                open: number;
                /** @description How much of it is overdue. */
                overdue: number;
            }[];
            /** @description The most urgent first. */
            items: components["schemas"]["WaitingItem"][];
            /** @description Whether there is more than is shown. */
            more: boolean;
        };
        Triage: components["schemas"]["Waiting"] & {
            /**
             * @description The week of ISO 8601.
             * @example 2025-W11
             */
            week: string;
            until: components["schemas"]["Instant"];
            /**
             * @description The time zone of the week.
             * @example Europe/Helsinki
             */
            timeZone: string;
            computedAt: components["schemas"]["Instant"];
            party?: components["schemas"]["PartyId"];
        };
        /**
         * @description A calendar quarter.
         * @example 2025-Q1
         */
        Quarter: string;
        /** @description How often something happened. */
        QuarterCount: {
            /** @description In the quarter. */
            quarter: number;
            /** @description In the one before. */
            before: number;
        };
        QuarterFigures: {
            /** @description Of the party's own part. Absent where no party is asked for, or the metric is one of the ecosystem alone. */
            own?: components["schemas"]["MetricFigure"];
            /** @description Of the whole ecosystem. What it is made of is shown to those who oversee it. */
            ecosystem: components["schemas"]["MetricFigure"];
        };
        /** @description A metric of the scorecard in both quarters. */
        QuarterMetric: components["schemas"]["MetricValue"] & {
            before?: components["schemas"]["QuarterFigures"];
        };
        /** @description Of a party that rendered something in the quarter. */
        TierChange: {
            party: components["schemas"]["PartyId"];
            /**
             * @description The tier that follows from the quarter. Absent where none does.
             * @example gold
             */
            tier?: string;
            /**
             * @description That of the quarter before. Absent where it rendered nothing there.
             * @example silver
             */
            before?: string;
            /** @description What follows from the tier. */
            benefits: string[];
        };
        QuarterAmount: {
            paidMinor: components["schemas"]["AmountMinor"];
            receivedMinor: components["schemas"]["AmountMinor"];
            /** @description What is left of what it received. Absent of a party that only pays. */
            marginMinor?: components["schemas"]["AmountMinor"];
        };
        /** @description What a party paid and received by the books, credits taken off, before tax. */
        PartyQuarter: components["schemas"]["QuarterAmount"] & {
            party: components["schemas"]["PartyId"];
            currency: components["schemas"]["Currency"];
            before: components["schemas"]["QuarterAmount"];
        };
        QuarterShares: {
            /** @description How many parties received something. */
            payees: number;
            /** @description What they received together. Shown to those who see all. */
            totalMinor?: components["schemas"]["AmountMinor"];
            /** @description Herfindahl-Hirschman index of what they received, as in `getMap`. */
            concentration?: number;
        };
        /** @description How much went to few. */
        QuarterConcentration: components["schemas"]["QuarterShares"] & {
            currency: components["schemas"]["Currency"];
            before: components["schemas"]["QuarterShares"];
        };
        QuarterlyReview: {
            quarter: components["schemas"]["Quarter"];
            before: components["schemas"]["Quarter"];
            /**
             * @description The time zone of the quarters.
             * @example Europe/Helsinki
             */
            timeZone: string;
            from: components["schemas"]["Instant"];
            until: components["schemas"]["Instant"];
            /** @description Whether the quarter has gone by. */
            complete: boolean;
            computedAt: components["schemas"]["Instant"];
            party?: components["schemas"]["PartyId"];
            /** @description All metrics of the catalogue. */
            metrics?: components["schemas"]["QuarterMetric"][];
            /** @description Whose tier isn't that of the quarter before, by party. */
            tierChanges?: components["schemas"]["TierChange"][];
            /** @description By party, then currency. */
            amounts: components["schemas"]["PartyQuarter"][];
            /** @description By currency. */
            concentration: components["schemas"]["QuarterConcentration"][];
            certifications?: {
                submitted: components["schemas"]["QuarterCount"];
                issued: components["schemas"]["QuarterCount"];
                refused: components["schemas"]["QuarterCount"];
                revoked: components["schemas"]["QuarterCount"];
                lapsed: components["schemas"]["QuarterCount"];
                /** @description Certificates in force that end by the end of the quarter to come. */
                expiring: {
                    id: components["schemas"]["Id"];
                    party: components["schemas"]["PartyId"];
                    /** @description The level that it certifies. */
                    level: string;
                    expiresAt: components["schemas"]["Instant"];
                }[];
            };
            disputes?: {
                opened: components["schemas"]["QuarterCount"];
                resolved: components["schemas"]["QuarterCount"];
                resolvedInTime: components["schemas"]["QuarterCount"];
                /** @description What decisions gave back, net, in minor units. */
                credits: {
                    currency: components["schemas"]["Currency"];
                    quarter: components["schemas"]["AmountMinor"];
                    before: components["schemas"]["AmountMinor"];
                }[];
            };
            incidents?: {
                opened: components["schemas"]["QuarterCount"];
                resolved: components["schemas"]["QuarterCount"];
                /** @description Those that were opened in the quarter and missed a deadline. */
                missedDeadline: components["schemas"]["QuarterCount"];
                /** @description Those that were opened, by severity. */
                severities: (components["schemas"]["QuarterCount"] & {
                    /** @description One of the ecosystem's severities. */
                    severity: string;
                })[];
            };
            feedback?: {
                given: components["schemas"]["QuarterCount"];
                /** @description By score, the lowest first. */
                scores: (components["schemas"]["QuarterCount"] & {
                    /** @description On the ecosystem's scale. */
                    score: number;
                })[];
            };
            changes?: {
                proposed: components["schemas"]["QuarterCount"];
                announced: components["schemas"]["QuarterCount"];
                rejected: components["schemas"]["QuarterCount"];
                withdrawn: components["schemas"]["QuarterCount"];
                inEffect: components["schemas"]["QuarterCount"];
                /** @description Those that were announced in the quarter. */
                announcedChanges: {
                    id: components["schemas"]["Id"];
                    /** @description What changes. */
                    title: string;
                    level: components["schemas"]["ChangeLevel"];
                    announcedAt: components["schemas"]["Instant"];
                    effectiveAt: components["schemas"]["Instant"];
                    /** @description How many whole days lie between the two. */
                    noticeDays: number;
                }[];
            };
            onboarding?: {
                registered: components["schemas"]["QuarterCount"];
                /** @description Those who came to their first rated delivery. */
                delivered: components["schemas"]["QuarterCount"];
                /** @description Those of the quarter. */
                firstDeliveries: {
                    party: components["schemas"]["PartyId"];
                    at: components["schemas"]["Instant"];
                    /** @description From registering to the first rated delivery. */
                    waitedMinutes: number;
                }[];
            };
            exits?: {
                begun: components["schemas"]["QuarterCount"];
                /** @description Those of the quarter. */
                parties: {
                    party: components["schemas"]["PartyId"];
                    leftAt: components["schemas"]["Instant"];
                    status: components["schemas"]["PartyStatus"];
                }[];
            };
            /** @description What needs somebody by the end of the present week, as in `getTriage`; 20 at most. */
            waiting: components["schemas"]["Waiting"];
        };
        SandboxInfo: {
            /**
             * @description The ecosystem's id.
             * @example harbour-campus
             */
            ecosystem: string;
            /**
             * @description The ecosystem's name.
             * @example Harbour Campus
             */
            title: string;
            catalogDigest: components["schemas"]["Digest"];
            /** @description How many operations it serves. */
            operations?: number;
            clock: components["schemas"]["Clock"];
        };
        Clock: {
            now: components["schemas"]["Instant"];
            /**
             * @description Whether it moves by itself.
             * @enum {string}
             */
            mode: "running" | "frozen";
            /** @description How far it is ahead of wall-clock time, in milliseconds. */
            offsetMs: number;
        };
        ClockChange: {
            advance?: components["schemas"]["Duration"];
            set?: components["schemas"]["Instant"];
            /**
             * @description Whether it moves by itself.
             * @enum {string}
             */
            mode?: "running" | "frozen";
        };
        /**
         * @description What a stand-in does with the work orders that it is offered; a `disputing` one objects to what it pays for.
         * @example late:25m
         */
        Behaviour: string;
        BehaviourChange: {
            behaviour: components["schemas"]["Behaviour"];
        };
        PartyBehaviour: {
            partyId: components["schemas"]["PartyId"];
            behaviour: components["schemas"]["Behaviour"];
        };
    };
    responses: {
        /** @description The body can't be read as JSON. */
        BodyUnreadable: {
            headers: {
                "Eco-Request-Id": components["headers"]["EcoRequestId"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The client id or the secret is wrong. */
        InvalidClient: {
            headers: {
                "Eco-Request-Id": components["headers"]["EcoRequestId"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description There is no token, or none that holds. */
        Unauthenticated: {
            headers: {
                "Eco-Request-Id": components["headers"]["EcoRequestId"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The token holds, but your party may not do this. */
        Forbidden: {
            headers: {
                "Eco-Request-Id": components["headers"]["EcoRequestId"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description There is no such thing, or it isn't yours to see. */
        NotFound: {
            headers: {
                "Eco-Request-Id": components["headers"]["EcoRequestId"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The request meets another one. */
        Conflict: {
            headers: {
                "Eco-Request-Id": components["headers"]["EcoRequestId"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The id belongs to a party already. */
        PartyTaken: {
            headers: {
                "Eco-Request-Id": components["headers"]["EcoRequestId"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The thing is in a state that doesn't allow this. */
        StateRefused: {
            headers: {
                "Eco-Request-Id": components["headers"]["EcoRequestId"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The id is known with other content. */
        DeliveryConflict: {
            headers: {
                "Eco-Request-Id": components["headers"]["EcoRequestId"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The period is closed already, or hasn't ended. */
        PeriodClosed: {
            headers: {
                "Eco-Request-Id": components["headers"]["EcoRequestId"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The body is larger than allowed. */
        BodyTooLarge: {
            headers: {
                "Eco-Request-Id": components["headers"]["EcoRequestId"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The request doesn't meet its schema. */
        RequestInvalid: {
            headers: {
                "Eco-Request-Id": components["headers"]["EcoRequestId"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The request is well-formed, but names a party that can't take part. */
        PartyRefused: {
            headers: {
                "Eco-Request-Id": components["headers"]["EcoRequestId"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The change is well-formed, but can't be made so. */
        ChangeRefused: {
            headers: {
                "Eco-Request-Id": components["headers"]["EcoRequestId"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The order is well-formed, but can't be placed. */
        WorkOrderRefused: {
            headers: {
                "Eco-Request-Id": components["headers"]["EcoRequestId"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The delivery doesn't meet its schema, or can't be rated. Nothing is booked. */
        DeliveryRefused: {
            headers: {
                "Eco-Request-Id": components["headers"]["EcoRequestId"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Too many requests. */
        RateLimited: {
            headers: {
                "Eco-Request-Id": components["headers"]["EcoRequestId"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                "Retry-After": components["headers"]["RetryAfter"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Any other error, such as an unsupported media type or a fault of the platform. */
        UnexpectedProblem: {
            headers: {
                "Eco-Request-Id": components["headers"]["EcoRequestId"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: {
        /**
         * @description Makes a retry safe: the same key with the same request gets the first answer again, for 24 hours.
         *     Use a new key (such as a UUID) for each thing that you want done, and the same one for each retry of it.
         * @example 5f0c1a52-6f5c-4c4e-9a39-0d2a4dc8b1f7
         */
        IdempotencyKey: string;
        /**
         * @description How many items a page holds at most.
         * @example 50
         */
        Limit: number;
        /** @description The `nextCursor` of the page before. Its form is the platform's own business. */
        Cursor: string;
        /** @description Only those of this customer. */
        CustomerFilter: components["schemas"]["PartyId"];
        /** @description Only those of this delivery. */
        DeliveryFilter: components["schemas"]["Id"];
        /**
         * @description The account, or everything under a prefix that ends with a slash.
         * @example blueline/
         */
        AccountFilter: string;
        /** @description Only what this party takes part in. Who oversees the ecosystem gets everything where it is left out. */
        PartOf: components["schemas"]["PartyId"];
        /** @description The month that is measured, or the first and the last of several with a slash between them, at most 36 months; the window of the metric catalogue that ends now where left out. */
        MeasuredPeriod: components["schemas"]["Months"];
        /** @description Only those of this period. */
        PeriodFilter: components["schemas"]["Period"];
        /**
         * @description The party's id.
         * @example spacefinder
         */
        PartyId: components["schemas"]["PartyId"];
        /**
         * @description The id of the credentials.
         * @example client_01
         */
        ClientId: string;
        /**
         * @description The agreement's id.
         * @example complementor
         */
        AgreementId: components["schemas"]["Id"];
        /**
         * @description The case's id.
         * @example cas_01
         */
        CaseId: components["schemas"]["Id"];
        /**
         * @description The work order's id.
         * @example wo_01
         */
        WorkOrderId: components["schemas"]["Id"];
        /**
         * @description The delivery's id.
         * @example leg-2001-01-01-1145
         */
        DeliveryId: components["schemas"]["Id"];
        /**
         * @description The event's id.
         * @example evt_01
         */
        EventId: components["schemas"]["Id"];
        /**
         * @description The webhook endpoint's id.
         * @example whe_01
         */
        EndpointId: components["schemas"]["Id"];
        /**
         * @description The dispute's id.
         * @example dsp_01
         */
        DisputeId: components["schemas"]["Id"];
        /**
         * @description The incident's id.
         * @example inc_01
         */
        IncidentId: components["schemas"]["Id"];
        /**
         * @description The feedback's id.
         * @example fbk_01
         */
        FeedbackId: components["schemas"]["Id"];
        /**
         * @description The change's id.
         * @example chg_01
         */
        ChangeId: components["schemas"]["Id"];
    };
    requestBodies: never;
    headers: {
        /**
         * @description The id of this request. Events that it caused carry it as `causedBy`; name it when you ask for help.
         * @example req_01
         */
        EcoRequestId: components["schemas"]["Id"];
        /**
         * @description What is left of the quota, as in the IETF draft on RateLimit header fields.
         * @example "default";r=598;t=60
         */
        RateLimit: string;
        /**
         * @description The quota itself.
         * @example "default";q=600;w=60
         */
        RateLimitPolicy: string;
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
    issueToken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/x-www-form-urlencoded": components["schemas"]["TokenRequest"];
            };
        };
        responses: {
            /** @description The token. Send it as a bearer token until it expires. */
            200: {
                headers: {
                    "Eco-Request-Id": components["headers"]["EcoRequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Token"];
                };
            };
            401: components["responses"]["InvalidClient"];
            422: components["responses"]["RequestInvalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedProblem"];
        };
    };
    listParties: {
        parameters: {
            query?: {
                /** @description Only parties of this role. */
                role?: components["schemas"]["Role"];
                /** @description Only parties with this status. */
                status?: components["schemas"]["PartyStatus"];
                /**
                 * @description How many items a page holds at most.
                 * @example 50
                 */
                limit?: components["parameters"]["Limit"];
                /** @description The `nextCursor` of the page before. Its form is the platform's own business. */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of parties. */
            200: {
                headers: {
                    "Eco-Request-Id": components["headers"]["EcoRequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PartyList"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["RequestInvalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedProblem"];
        };
    };
    registerParty: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a retry safe: the same key with the same request gets the first answer again, for 24 hours.
                 *     Use a new key (such as a UUID) for each thing that you want done, and the same one for each retry of it.
                 * @example 5f0c1a52-6f5c-4c4e-9a39-0d2a4dc8b1f7
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PartyRegistration"];
            };
        };
        responses: {
            /** @description The party, as an applicant, and its credentials. */
            201: {
                headers: {
                    "Eco-Request-Id": components["headers"]["EcoRequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RegisteredParty"];
                };
            };
            400: components["responses"]["BodyUnreadable"];
            409: components["responses"]["PartyTaken"];
            422: components["responses"]["RequestInvalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedProblem"];
        };
    };
    getParty: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The party's id.
                 * @example spacefinder
                 */
                partyId: components["parameters"]["PartyId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The party. */
            200: {
                headers: {
                    "Eco-Request-Id": components["headers"]["EcoRequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Party"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["RequestInvalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedProblem"];
        };
    };
    updateParty: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The party's id.
                 * @example spacefinder
                 */
                partyId: components["parameters"]["PartyId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PartyUpdate"];
            };
        };
        responses: {
            /** @description The party as it is now. */
            200: {
                headers: {
                    "Eco-Request-Id": components["headers"]["EcoRequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Party"];
                };
            };
            400: components["responses"]["BodyUnreadable"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["RequestInvalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedProblem"];
        };
    };
    getOnboarding: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The party's id.
                 * @example spacefinder
                 */
                partyId: components["parameters"]["PartyId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The steps. */
            200: {
                headers: {
                    "Eco-Request-Id": components["headers"]["EcoRequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Onboarding"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["RequestInvalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedProblem"];
        };
    };
    listCredentials: {
        parameters: {
            query?: {
                /**
                 * @description How many items a page holds at most.
                 * @example 50
                 */
                limit?: components["parameters"]["Limit"];
                /** @description The `nextCursor` of the page before. Its form is the platform's own business. */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path: {
                /**
                 * @description The party's id.
                 * @example spacefinder
                 */
                partyId: components["parameters"]["PartyId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of credentials. */
            200: {
                headers: {
                    "Eco-Request-Id": components["headers"]["EcoRequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IssuedCredentialsList"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["RequestInvalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedProblem"];
        };
    };
    rotateCredentials: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a retry safe: the same key with the same request gets the first answer again, for 24 hours.
                 *     Use a new key (such as a UUID) for each thing that you want done, and the same one for each retry of it.
                 * @example 5f0c1a52-6f5c-4c4e-9a39-0d2a4dc8b1f7
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /**
                 * @description The party's id.
                 * @example spacefinder
                 */
                partyId: components["parameters"]["PartyId"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["CredentialsRotation"];
            };
        };
        responses: {
            /** @description The new credentials, and the former ones that still count. The secret is shown this once. */
            200: {
                headers: {
                    "Eco-Request-Id": components["headers"]["EcoRequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RotatedCredentials"];
                };
            };
            400: components["responses"]["BodyUnreadable"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["RequestInvalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedProblem"];
        };
    };
    endCredentials: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The party's id.
                 * @example spacefinder
                 */
                partyId: components["parameters"]["PartyId"];
                /**
                 * @description The id of the credentials.
                 * @example client_01
                 */
                clientId: components["parameters"]["ClientId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description They count no more. */
            204: {
                headers: {
                    "Eco-Request-Id": components["headers"]["EcoRequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["StateRefused"];
            422: components["responses"]["RequestInvalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedProblem"];
        };
    };
    previewExit: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The party's id.
                 * @example spacefinder
                 */
                partyId: components["parameters"]["PartyId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What is open. */
            200: {
                headers: {
                    "Eco-Request-Id": components["headers"]["EcoRequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExitPreview"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["StateRefused"];
            422: components["responses"]["RequestInvalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedProblem"];
        };
    };
    exitParty: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a retry safe: the same key with the same request gets the first answer again, for 24 hours.
                 *     Use a new key (such as a UUID) for each thing that you want done, and the same one for each retry of it.
                 * @example 5f0c1a52-6f5c-4c4e-9a39-0d2a4dc8b1f7
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /**
                 * @description The party's id.
                 * @example spacefinder
                 */
                partyId: components["parameters"]["PartyId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Reasoned"];
            };
        };
        responses: {
            /** @description The party, exiting or exited. */
            200: {
                headers: {
                    "Eco-Request-Id": components["headers"]["EcoRequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Party"];
                };
            };
            400: components["responses"]["BodyUnreadable"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["StateRefused"];
            422: components["responses"]["RequestInvalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedProblem"];
        };
    };
    exportPartyData: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The party's id.
                 * @example spacefinder
                 */
                partyId: components["parameters"]["PartyId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The export. */
            200: {
                headers: {
                    "Eco-Request-Id": components["headers"]["EcoRequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PartyExport"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["RequestInvalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedProblem"];
        };
    };
    listAgreements: {
        parameters: {
            query?: {
                /**
                 * @description How many items a page holds at most.
                 * @example 50
                 */
                limit?: components["parameters"]["Limit"];
                /** @description The `nextCursor` of the page before. Its form is the platform's own business. */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of agreements. */
            200: {
                headers: {
                    "Eco-Request-Id": components["headers"]["EcoRequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AgreementList"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["RequestInvalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedProblem"];
        };
    };
    getAgreement: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The agreement's id.
                 * @example complementor
                 */
                agreementId: components["parameters"]["AgreementId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The agreement. */
            200: {
                headers: {
                    "Eco-Request-Id": components["headers"]["EcoRequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Agreement"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["RequestInvalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedProblem"];
        };
    };
    acceptAgreement: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a retry safe: the same key with the same request gets the first answer again, for 24 hours.
                 *     Use a new key (such as a UUID) for each thing that you want done, and the same one for each retry of it.
                 * @example 5f0c1a52-6f5c-4c4e-9a39-0d2a4dc8b1f7
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /**
                 * @description The agreement's id.
                 * @example complementor
                 */
                agreementId: components["parameters"]["AgreementId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AcceptanceRequest"];
            };
        };
        responses: {
            /** @description The acceptance. */
            201: {
                headers: {
                    "Eco-Request-Id": components["headers"]["EcoRequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Acceptance"];
                };
            };
            400: components["responses"]["BodyUnreadable"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["StateRefused"];
            422: components["responses"]["RequestInvalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedProblem"];
        };
    };
    listRateCards: {
        parameters: {
            query?: {
                /**
                 * @description How many items a page holds at most.
                 * @example 50
                 */
                limit?: components["parameters"]["Limit"];
                /** @description The `nextCursor` of the page before. Its form is the platform's own business. */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of rate cards. */
            200: {
                headers: {
                    "Eco-Request-Id": components["headers"]["EcoRequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RateCardList"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["RequestInvalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedProblem"];
        };
    };
    getRateCard: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The rate card's id.
                 * @example express-leg
                 */
                rateCardId: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The rate card. */
            200: {
                headers: {
                    "Eco-Request-Id": components["headers"]["EcoRequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RateCard"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["RequestInvalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedProblem"];
        };
    };
    listCases: {
        parameters: {
            query?: {
                /** @description Only cases with this status. */
                status?: components["schemas"]["CaseStatus"];
                /** @description Only cases with this intent. */
                intent?: components["schemas"]["Intent"];
                /** @description Only those of this customer. */
                customer?: components["parameters"]["CustomerFilter"];
                /**
                 * @description How many items a page holds at most.
                 * @example 50
                 */
                limit?: components["parameters"]["Limit"];
                /** @description The `nextCursor` of the page before. Its form is the platform's own business. */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of cases. */
            200: {
                headers: {
                    "Eco-Request-Id": components["headers"]["EcoRequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaseList"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["RequestInvalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedProblem"];
        };
    };
    openCase: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a retry safe: the same key with the same request gets the first answer again, for 24 hours.
                 *     Use a new key (such as a UUID) for each thing that you want done, and the same one for each retry of it.
                 * @example 5f0c1a52-6f5c-4c4e-9a39-0d2a4dc8b1f7
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CaseRequest"];
            };
        };
        responses: {
            /** @description The case, routed where a rule fits its intent. */
            201: {
                headers: {
                    "Eco-Request-Id": components["headers"]["EcoRequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Case"];
                };
            };
            400: components["responses"]["BodyUnreadable"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["PartyRefused"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedProblem"];
        };
    };
    getCase: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The case's id.
                 * @example cas_01
                 */
                caseId: components["parameters"]["CaseId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The case. */
            200: {
                headers: {
                    "Eco-Request-Id": components["headers"]["EcoRequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Case"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["RequestInvalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedProblem"];
        };
    };
    routeCase: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a retry safe: the same key with the same request gets the first answer again, for 24 hours.
                 *     Use a new key (such as a UUID) for each thing that you want done, and the same one for each retry of it.
                 * @example 5f0c1a52-6f5c-4c4e-9a39-0d2a4dc8b1f7
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /**
                 * @description The case's id.
                 * @example cas_01
                 */
                caseId: components["parameters"]["CaseId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CaseRouting"];
            };
        };
        responses: {
            /** @description The case with its new assignee. */
            200: {
                headers: {
                    "Eco-Request-Id": components["headers"]["EcoRequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Case"];
                };
            };
            400: components["responses"]["BodyUnreadable"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["StateRefused"];
            422: components["responses"]["PartyRefused"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedProblem"];
        };
    };
    resolveCase: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a retry safe: the same key with the same request gets the first answer again, for 24 hours.
                 *     Use a new key (such as a UUID) for each thing that you want done, and the same one for each retry of it.
                 * @example 5f0c1a52-6f5c-4c4e-9a39-0d2a4dc8b1f7
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /**
                 * @description The case's id.
                 * @example cas_01
                 */
                caseId: components["parameters"]["CaseId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CaseResolution"];
            };
        };
        responses: {
            /** @description The resolved case with the delivery that was rated for it. */
            200: {
                headers: {
                    "Eco-Request-Id": components["headers"]["EcoRequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Case"];
                };
            };
            400: components["responses"]["BodyUnreadable"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["StateRefused"];
            422: components["responses"]["RequestInvalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedProblem"];
        };
    };
    listCaseNotifications: {
        parameters: {
            query?: {
                /**
                 * @description How many items a page holds at most.
                 * @example 50
                 */
                limit?: components["parameters"]["Limit"];
                /** @description The `nextCursor` of the page before. Its form is the platform's own business. */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path: {
                /**
                 * @description The case's id.
                 * @example cas_01
                 */
                caseId: components["parameters"]["CaseId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of notifications. */
            200: {
                headers: {
                    "Eco-Request-Id": components["headers"]["EcoRequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NotificationList"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["RequestInvalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedProblem"];
        };
    };
    listWorkOrders: {
        parameters: {
            query?: {
                /** @description Only orders with this status. */
                status?: components["schemas"]["WorkOrderStatus"];
                /** @description Only orders that this provider holds. */
                provider?: components["schemas"]["PartyId"];
                /** @description Only those of this customer. */
                customer?: components["parameters"]["CustomerFilter"];
                /**
                 * @description How many items a page holds at most.
                 * @example 50
                 */
                limit?: components["parameters"]["Limit"];
                /** @description The `nextCursor` of the page before. Its form is the platform's own business. */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of work orders. */
            200: {
                headers: {
                    "Eco-Request-Id": components["headers"]["EcoRequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
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
            default: components["responses"]["UnexpectedProblem"];
        };
    };
    createWorkOrder: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a retry safe: the same key with the same request gets the first answer again, for 24 hours.
                 *     Use a new key (such as a UUID) for each thing that you want done, and the same one for each retry of it.
                 * @example 5f0c1a52-6f5c-4c4e-9a39-0d2a4dc8b1f7
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WorkOrderRequest"];
            };
        };
        responses: {
            /** @description The work order as it was offered; a stand-in may have answered already. */
            201: {
                headers: {
                    "Eco-Request-Id": components["headers"]["EcoRequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
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
            422: components["responses"]["WorkOrderRefused"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedProblem"];
        };
    };
    getWorkOrder: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The work order's id.
                 * @example wo_01
                 */
                workOrderId: components["parameters"]["WorkOrderId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The work order. */
            200: {
                headers: {
                    "Eco-Request-Id": components["headers"]["EcoRequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
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
            default: components["responses"]["UnexpectedProblem"];
        };
    };
    acceptWorkOrder: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a retry safe: the same key with the same request gets the first answer again, for 24 hours.
                 *     Use a new key (such as a UUID) for each thing that you want done, and the same one for each retry of it.
                 * @example 5f0c1a52-6f5c-4c4e-9a39-0d2a4dc8b1f7
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /**
                 * @description The work order's id.
                 * @example wo_01
                 */
                workOrderId: components["parameters"]["WorkOrderId"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Noted"];
            };
        };
        responses: {
            /** @description The accepted order. */
            200: {
                headers: {
                    "Eco-Request-Id": components["headers"]["EcoRequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
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
            409: components["responses"]["StateRefused"];
            422: components["responses"]["RequestInvalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedProblem"];
        };
    };
    declineWorkOrder: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a retry safe: the same key with the same request gets the first answer again, for 24 hours.
                 *     Use a new key (such as a UUID) for each thing that you want done, and the same one for each retry of it.
                 * @example 5f0c1a52-6f5c-4c4e-9a39-0d2a4dc8b1f7
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /**
                 * @description The work order's id.
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
            /** @description The order, offered to the next provider or unfulfilled. */
            200: {
                headers: {
                    "Eco-Request-Id": components["headers"]["EcoRequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
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
            409: components["responses"]["StateRefused"];
            422: components["responses"]["RequestInvalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedProblem"];
        };
    };
    rescheduleWorkOrder: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a retry safe: the same key with the same request gets the first answer again, for 24 hours.
                 *     Use a new key (such as a UUID) for each thing that you want done, and the same one for each retry of it.
                 * @example 5f0c1a52-6f5c-4c4e-9a39-0d2a4dc8b1f7
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /**
                 * @description The work order's id.
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
                    "Eco-Request-Id": components["headers"]["EcoRequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
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
            409: components["responses"]["StateRefused"];
            422: components["responses"]["RequestInvalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedProblem"];
        };
    };
    cancelWorkOrder: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a retry safe: the same key with the same request gets the first answer again, for 24 hours.
                 *     Use a new key (such as a UUID) for each thing that you want done, and the same one for each retry of it.
                 * @example 5f0c1a52-6f5c-4c4e-9a39-0d2a4dc8b1f7
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /**
                 * @description The work order's id.
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
                    "Eco-Request-Id": components["headers"]["EcoRequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
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
            409: components["responses"]["StateRefused"];
            422: components["responses"]["RequestInvalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedProblem"];
        };
    };
    reportWorkOrder: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a retry safe: the same key with the same request gets the first answer again, for 24 hours.
                 *     Use a new key (such as a UUID) for each thing that you want done, and the same one for each retry of it.
                 * @example 5f0c1a52-6f5c-4c4e-9a39-0d2a4dc8b1f7
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /**
                 * @description The work order's id.
                 * @example wo_01
                 */
                workOrderId: components["parameters"]["WorkOrderId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProgressReport"];
            };
        };
        responses: {
            /** @description The order, in progress. */
            200: {
                headers: {
                    "Eco-Request-Id": components["headers"]["EcoRequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
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
            409: components["responses"]["StateRefused"];
            422: components["responses"]["RequestInvalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedProblem"];
        };
    };
    completeWorkOrder: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a retry safe: the same key with the same request gets the first answer again, for 24 hours.
                 *     Use a new key (such as a UUID) for each thing that you want done, and the same one for each retry of it.
                 * @example 5f0c1a52-6f5c-4c4e-9a39-0d2a4dc8b1f7
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /**
                 * @description The work order's id.
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
                    "Eco-Request-Id": components["headers"]["EcoRequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
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
            409: components["responses"]["StateRefused"];
            422: components["responses"]["DeliveryRefused"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedProblem"];
        };
    };
    createQuote: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a retry safe: the same key with the same request gets the first answer again, for 24 hours.
                 *     Use a new key (such as a UUID) for each thing that you want done, and the same one for each retry of it.
                 * @example 5f0c1a52-6f5c-4c4e-9a39-0d2a4dc8b1f7
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["QuoteRequest"];
            };
        };
        responses: {
            /** @description The charges as they would be. */
            200: {
                headers: {
                    "Eco-Request-Id": components["headers"]["EcoRequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Quote"];
                };
            };
            400: components["responses"]["BodyUnreadable"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["DeliveryRefused"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedProblem"];
        };
    };
    listDeliveries: {
        parameters: {
            query?: {
                /** @description Only deliveries of this product. */
                product?: components["schemas"]["Product"];
                /** @description Only those of this customer. */
                customer?: components["parameters"]["CustomerFilter"];
                /** @description Only deliveries with this status. */
                status?: components["schemas"]["DeliveryStatus"];
                /** @description Only the parts of this delivery. */
                parent?: components["schemas"]["Id"];
                /**
                 * @description How many items a page holds at most.
                 * @example 50
                 */
                limit?: components["parameters"]["Limit"];
                /** @description The `nextCursor` of the page before. Its form is the platform's own business. */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of deliveries. */
            200: {
                headers: {
                    "Eco-Request-Id": components["headers"]["EcoRequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryList"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["RequestInvalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedProblem"];
        };
    };
    submitDelivery: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a retry safe: the same key with the same request gets the first answer again, for 24 hours.
                 *     Use a new key (such as a UUID) for each thing that you want done, and the same one for each retry of it.
                 * @example 5f0c1a52-6f5c-4c4e-9a39-0d2a4dc8b1f7
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DeliveryRequest"];
            };
        };
        responses: {
            /** @description The delivery was known already, with the same content. Nothing was booked again. */
            200: {
                headers: {
                    "Eco-Request-Id": components["headers"]["EcoRequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Delivery"];
                };
            };
            /** @description The delivery, rated and booked. */
            201: {
                headers: {
                    "Eco-Request-Id": components["headers"]["EcoRequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Delivery"];
                };
            };
            400: components["responses"]["BodyUnreadable"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["DeliveryConflict"];
            422: components["responses"]["DeliveryRefused"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedProblem"];
        };
    };
    submitDeliveryBatch: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a retry safe: the same key with the same request gets the first answer again, for 24 hours.
                 *     Use a new key (such as a UUID) for each thing that you want done, and the same one for each retry of it.
                 * @example 5f0c1a52-6f5c-4c4e-9a39-0d2a4dc8b1f7
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DeliveryBatch"];
            };
        };
        responses: {
            /** @description What became of each row. */
            200: {
                headers: {
                    "Eco-Request-Id": components["headers"]["EcoRequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BatchResult"];
                };
            };
            400: components["responses"]["BodyUnreadable"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["BodyTooLarge"];
            422: components["responses"]["RequestInvalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedProblem"];
        };
    };
    getDelivery: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The delivery's id.
                 * @example leg-2001-01-01-1145
                 */
                deliveryId: components["parameters"]["DeliveryId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The delivery. */
            200: {
                headers: {
                    "Eco-Request-Id": components["headers"]["EcoRequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Delivery"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["RequestInvalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedProblem"];
        };
    };
    explainDelivery: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The delivery's id.
                 * @example leg-2001-01-01-1145
                 */
                deliveryId: components["parameters"]["DeliveryId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The explanation. */
            200: {
                headers: {
                    "Eco-Request-Id": components["headers"]["EcoRequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Explanation"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["RequestInvalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedProblem"];
        };
    };
    correctDelivery: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a retry safe: the same key with the same request gets the first answer again, for 24 hours.
                 *     Use a new key (such as a UUID) for each thing that you want done, and the same one for each retry of it.
                 * @example 5f0c1a52-6f5c-4c4e-9a39-0d2a4dc8b1f7
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /**
                 * @description The delivery's id.
                 * @example leg-2001-01-01-1145
                 */
                deliveryId: components["parameters"]["DeliveryId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Correction"];
            };
        };
        responses: {
            /** @description The delivery as it is now. */
            200: {
                headers: {
                    "Eco-Request-Id": components["headers"]["EcoRequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Delivery"];
                };
            };
            400: components["responses"]["BodyUnreadable"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["StateRefused"];
            422: components["responses"]["DeliveryRefused"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedProblem"];
        };
    };
    cancelDelivery: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a retry safe: the same key with the same request gets the first answer again, for 24 hours.
                 *     Use a new key (such as a UUID) for each thing that you want done, and the same one for each retry of it.
                 * @example 5f0c1a52-6f5c-4c4e-9a39-0d2a4dc8b1f7
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /**
                 * @description The delivery's id.
                 * @example leg-2001-01-01-1145
                 */
                deliveryId: components["parameters"]["DeliveryId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Reasoned"];
            };
        };
        responses: {
            /** @description The cancelled delivery. Its charges stand as they were, mirrored in the ledger. */
            200: {
                headers: {
                    "Eco-Request-Id": components["headers"]["EcoRequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Delivery"];
                };
            };
            400: components["responses"]["BodyUnreadable"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["StateRefused"];
            422: components["responses"]["RequestInvalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedProblem"];
        };
    };
    listCharges: {
        parameters: {
            query?: {
                /** @description Only those of this delivery. */
                deliveryId?: components["parameters"]["DeliveryFilter"];
                /**
                 * @description How many items a page holds at most.
                 * @example 50
                 */
                limit?: components["parameters"]["Limit"];
                /** @description The `nextCursor` of the page before. Its form is the platform's own business. */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of charges. */
            200: {
                headers: {
                    "Eco-Request-Id": components["headers"]["EcoRequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChargeList"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["RequestInvalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedProblem"];
        };
    };
    getCharge: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The charge's id.
                 * @example leg-2001-01-01-1145.sale
                 */
                chargeId: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The charge. */
            200: {
                headers: {
                    "Eco-Request-Id": components["headers"]["EcoRequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Charge"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["RequestInvalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedProblem"];
        };
    };
    listBalances: {
        parameters: {
            query?: {
                /**
                 * @description The account, or everything under a prefix that ends with a slash.
                 * @example blueline/
                 */
                account?: components["parameters"]["AccountFilter"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The balances, sorted by account. */
            200: {
                headers: {
                    "Eco-Request-Id": components["headers"]["EcoRequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BalanceList"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["RequestInvalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedProblem"];
        };
    };
    listPostings: {
        parameters: {
            query?: {
                /**
                 * @description The account, or everything under a prefix that ends with a slash.
                 * @example blueline/
                 */
                account?: components["parameters"]["AccountFilter"];
                /** @description Only those of this delivery. */
                deliveryId?: components["parameters"]["DeliveryFilter"];
                /** @description Only postings of this ledger transaction. */
                transactionId?: components["schemas"]["Id"];
                /**
                 * @description How many items a page holds at most.
                 * @example 50
                 */
                limit?: components["parameters"]["Limit"];
                /** @description The `nextCursor` of the page before. Its form is the platform's own business. */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of postings, in booking order. */
            200: {
                headers: {
                    "Eco-Request-Id": components["headers"]["EcoRequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PostingList"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["RequestInvalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedProblem"];
        };
    };
    listStatements: {
        parameters: {
            query?: {
                /** @description Only those of this period. */
                period?: components["parameters"]["PeriodFilter"];
                /**
                 * @description How many items a page holds at most.
                 * @example 50
                 */
                limit?: components["parameters"]["Limit"];
                /** @description The `nextCursor` of the page before. Its form is the platform's own business. */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of statements. */
            200: {
                headers: {
                    "Eco-Request-Id": components["headers"]["EcoRequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StatementList"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["RequestInvalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedProblem"];
        };
    };
    getStatement: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The statement's id.
                 * @example stm_01
                 */
                statementId: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The statement. */
            200: {
                headers: {
                    "Eco-Request-Id": components["headers"]["EcoRequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Statement"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["RequestInvalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedProblem"];
        };
    };
    listStatementLines: {
        parameters: {
            query?: {
                /**
                 * @description How many items a page holds at most.
                 * @example 50
                 */
                limit?: components["parameters"]["Limit"];
                /** @description The `nextCursor` of the page before. Its form is the platform's own business. */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path: {
                /**
                 * @description The statement's id.
                 * @example stm_01
                 */
                statementId: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of lines. */
            200: {
                headers: {
                    "Eco-Request-Id": components["headers"]["EcoRequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StatementLineList"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["RequestInvalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedProblem"];
        };
    };
    listOpenLines: {
        parameters: {
            query?: {
                /** @description Whose lines; your own where left out. Who oversees the ecosystem sees those of others. */
                party?: components["schemas"]["PartyId"];
                /** @description In which currency; the ecosystem's where left out. */
                currency?: components["schemas"]["Currency"];
                /**
                 * @description How many items a page holds at most.
                 * @example 50
                 */
                limit?: components["parameters"]["Limit"];
                /** @description The `nextCursor` of the page before. Its form is the platform's own business. */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path: {
                /**
                 * @description The month.
                 * @example 2025-04
                 */
                period: components["schemas"]["Period"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of lines. */
            200: {
                headers: {
                    "Eco-Request-Id": components["headers"]["EcoRequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StatementLineList"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["PeriodClosed"];
            422: components["responses"]["RequestInvalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedProblem"];
        };
    };
    listCommitments: {
        parameters: {
            query?: {
                /** @description Only with this status. */
                status?: "running" | "settled";
                /**
                 * @description How many items a page holds at most.
                 * @example 50
                 */
                limit?: components["parameters"]["Limit"];
                /** @description The `nextCursor` of the page before. Its form is the platform's own business. */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of commitments. */
            200: {
                headers: {
                    "Eco-Request-Id": components["headers"]["EcoRequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommitmentList"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["RequestInvalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedProblem"];
        };
    };
    getCommitment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The commitment's id.
                 * @example storage:monthly:plant:2025-05
                 */
                commitmentId: components["schemas"]["CommitmentId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The commitment. */
            200: {
                headers: {
                    "Eco-Request-Id": components["headers"]["EcoRequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Commitment"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["RequestInvalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedProblem"];
        };
    };
    listPrepaidBalances: {
        parameters: {
            query?: {
                /** @description Only balances of this payer. */
                party?: components["schemas"]["PartyId"];
                /**
                 * @description How many items a page holds at most.
                 * @example 50
                 */
                limit?: components["parameters"]["Limit"];
                /** @description The `nextCursor` of the page before. Its form is the platform's own business. */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of balances. */
            200: {
                headers: {
                    "Eco-Request-Id": components["headers"]["EcoRequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PrepaidBalanceList"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["RequestInvalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedProblem"];
        };
    };
    topUpPrepaidBalance: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a retry safe: the same key with the same request gets the first answer again, for 24 hours.
                 *     Use a new key (such as a UUID) for each thing that you want done, and the same one for each retry of it.
                 * @example 5f0c1a52-6f5c-4c4e-9a39-0d2a4dc8b1f7
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /**
                 * @description The balance's id.
                 * @example membership:credit:nordic-apps
                 */
                balanceId: components["schemas"]["PrepaidBalanceId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TopUp"];
            };
        };
        responses: {
            /** @description The balance as it is now. */
            201: {
                headers: {
                    "Eco-Request-Id": components["headers"]["EcoRequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PrepaidBalance"];
                };
            };
            400: components["responses"]["BodyUnreadable"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["StateRefused"];
            422: components["responses"]["RequestInvalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedProblem"];
        };
    };
    listSettlements: {
        parameters: {
            query?: {
                /** @description Only those of this period. */
                period?: components["parameters"]["PeriodFilter"];
                /**
                 * @description How many items a page holds at most.
                 * @example 50
                 */
                limit?: components["parameters"]["Limit"];
                /** @description The `nextCursor` of the page before. Its form is the platform's own business. */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of settlements. */
            200: {
                headers: {
                    "Eco-Request-Id": components["headers"]["EcoRequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SettlementList"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["RequestInvalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedProblem"];
        };
    };
    closeSettlement: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a retry safe: the same key with the same request gets the first answer again, for 24 hours.
                 *     Use a new key (such as a UUID) for each thing that you want done, and the same one for each retry of it.
                 * @example 5f0c1a52-6f5c-4c4e-9a39-0d2a4dc8b1f7
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SettlementRequest"];
            };
        };
        responses: {
            /** @description The settlement. */
            201: {
                headers: {
                    "Eco-Request-Id": components["headers"]["EcoRequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Settlement"];
                };
            };
            400: components["responses"]["BodyUnreadable"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["PeriodClosed"];
            422: components["responses"]["RequestInvalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedProblem"];
        };
    };
    getSettlement: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The settlement's id.
                 * @example set_01
                 */
                settlementId: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The settlement. */
            200: {
                headers: {
                    "Eco-Request-Id": components["headers"]["EcoRequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Settlement"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["RequestInvalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedProblem"];
        };
    };
    listEvents: {
        parameters: {
            query?: {
                /**
                 * @description Only events of this CloudEvents type.
                 * @example campus.harbour.delivery.rated.v1
                 */
                type?: components["schemas"]["EventType"];
                /** @description Only events about this thing, by its id. */
                subject?: components["schemas"]["Id"];
                /** @description Only events caused by the request with this `Eco-Request-Id`. */
                causedBy?: components["schemas"]["Id"];
                /**
                 * @description How many items a page holds at most.
                 * @example 50
                 */
                limit?: components["parameters"]["Limit"];
                /** @description The `nextCursor` of the page before. Its form is the platform's own business. */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of events. */
            200: {
                headers: {
                    "Eco-Request-Id": components["headers"]["EcoRequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventList"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["RequestInvalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedProblem"];
        };
    };
    getEvent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The event's id.
                 * @example evt_01
                 */
                eventId: components["parameters"]["EventId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The event. */
            200: {
                headers: {
                    "Eco-Request-Id": components["headers"]["EcoRequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Event"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["RequestInvalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedProblem"];
        };
    };
    replayEvent: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a retry safe: the same key with the same request gets the first answer again, for 24 hours.
                 *     Use a new key (such as a UUID) for each thing that you want done, and the same one for each retry of it.
                 * @example 5f0c1a52-6f5c-4c4e-9a39-0d2a4dc8b1f7
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /**
                 * @description The event's id.
                 * @example evt_01
                 */
                eventId: components["parameters"]["EventId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The event is queued for dispatch. */
            202: {
                headers: {
                    "Eco-Request-Id": components["headers"]["EcoRequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Event"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["RequestInvalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedProblem"];
        };
    };
    listDispatches: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The event's id.
                 * @example evt_01
                 */
                eventId: components["parameters"]["EventId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The dispatches. */
            200: {
                headers: {
                    "Eco-Request-Id": components["headers"]["EcoRequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DispatchList"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["RequestInvalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedProblem"];
        };
    };
    listWebhookEndpoints: {
        parameters: {
            query?: {
                /**
                 * @description How many items a page holds at most.
                 * @example 50
                 */
                limit?: components["parameters"]["Limit"];
                /** @description The `nextCursor` of the page before. Its form is the platform's own business. */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of endpoints. */
            200: {
                headers: {
                    "Eco-Request-Id": components["headers"]["EcoRequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookEndpointList"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["RequestInvalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedProblem"];
        };
    };
    createWebhookEndpoint: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a retry safe: the same key with the same request gets the first answer again, for 24 hours.
                 *     Use a new key (such as a UUID) for each thing that you want done, and the same one for each retry of it.
                 * @example 5f0c1a52-6f5c-4c4e-9a39-0d2a4dc8b1f7
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WebhookEndpointRequest"];
            };
        };
        responses: {
            /** @description The endpoint, not yet verified, with its secret. */
            201: {
                headers: {
                    "Eco-Request-Id": components["headers"]["EcoRequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookEndpointWithSecret"];
                };
            };
            400: components["responses"]["BodyUnreadable"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["RequestInvalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedProblem"];
        };
    };
    getWebhookEndpoint: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The webhook endpoint's id.
                 * @example whe_01
                 */
                endpointId: components["parameters"]["EndpointId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The endpoint. */
            200: {
                headers: {
                    "Eco-Request-Id": components["headers"]["EcoRequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookEndpoint"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["RequestInvalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedProblem"];
        };
    };
    deleteWebhookEndpoint: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The webhook endpoint's id.
                 * @example whe_01
                 */
                endpointId: components["parameters"]["EndpointId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The endpoint is gone. */
            204: {
                headers: {
                    "Eco-Request-Id": components["headers"]["EcoRequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["RequestInvalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedProblem"];
        };
    };
    updateWebhookEndpoint: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The webhook endpoint's id.
                 * @example whe_01
                 */
                endpointId: components["parameters"]["EndpointId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WebhookEndpointChange"];
            };
        };
        responses: {
            /** @description The endpoint as it is now. */
            200: {
                headers: {
                    "Eco-Request-Id": components["headers"]["EcoRequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookEndpoint"];
                };
            };
            400: components["responses"]["BodyUnreadable"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["RequestInvalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedProblem"];
        };
    };
    verifyWebhookEndpoint: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a retry safe: the same key with the same request gets the first answer again, for 24 hours.
                 *     Use a new key (such as a UUID) for each thing that you want done, and the same one for each retry of it.
                 * @example 5f0c1a52-6f5c-4c4e-9a39-0d2a4dc8b1f7
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /**
                 * @description The webhook endpoint's id.
                 * @example whe_01
                 */
                endpointId: components["parameters"]["EndpointId"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["EndpointVerification"];
            };
        };
        responses: {
            /** @description The endpoint. `verified` with the right challenge, otherwise with a new challenge on the way. */
            200: {
                headers: {
                    "Eco-Request-Id": components["headers"]["EcoRequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookEndpoint"];
                };
            };
            400: components["responses"]["BodyUnreadable"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["RequestInvalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedProblem"];
        };
    };
    rotateWebhookSecret: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a retry safe: the same key with the same request gets the first answer again, for 24 hours.
                 *     Use a new key (such as a UUID) for each thing that you want done, and the same one for each retry of it.
                 * @example 5f0c1a52-6f5c-4c4e-9a39-0d2a4dc8b1f7
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /**
                 * @description The webhook endpoint's id.
                 * @example whe_01
                 */
                endpointId: components["parameters"]["EndpointId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The endpoint with its new secret, shown this once. */
            200: {
                headers: {
                    "Eco-Request-Id": components["headers"]["EcoRequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookEndpointWithSecret"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["RequestInvalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedProblem"];
        };
    };
    listDisputes: {
        parameters: {
            query?: {
                /** @description Only disputes with this status. */
                status?: components["schemas"]["DisputeStatus"];
                /** @description Only those of this delivery. */
                deliveryId?: components["parameters"]["DeliveryFilter"];
                /**
                 * @description How many items a page holds at most.
                 * @example 50
                 */
                limit?: components["parameters"]["Limit"];
                /** @description The `nextCursor` of the page before. Its form is the platform's own business. */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of disputes. */
            200: {
                headers: {
                    "Eco-Request-Id": components["headers"]["EcoRequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DisputeList"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["RequestInvalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedProblem"];
        };
    };
    openDispute: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a retry safe: the same key with the same request gets the first answer again, for 24 hours.
                 *     Use a new key (such as a UUID) for each thing that you want done, and the same one for each retry of it.
                 * @example 5f0c1a52-6f5c-4c4e-9a39-0d2a4dc8b1f7
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DisputeRequest"];
            };
        };
        responses: {
            /** @description The dispute with its deadline. */
            201: {
                headers: {
                    "Eco-Request-Id": components["headers"]["EcoRequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Dispute"];
                };
            };
            400: components["responses"]["BodyUnreadable"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["StateRefused"];
            422: components["responses"]["RequestInvalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedProblem"];
        };
    };
    getDispute: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The dispute's id.
                 * @example dsp_01
                 */
                disputeId: components["parameters"]["DisputeId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The dispute. */
            200: {
                headers: {
                    "Eco-Request-Id": components["headers"]["EcoRequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Dispute"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["RequestInvalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedProblem"];
        };
    };
    resolveDispute: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a retry safe: the same key with the same request gets the first answer again, for 24 hours.
                 *     Use a new key (such as a UUID) for each thing that you want done, and the same one for each retry of it.
                 * @example 5f0c1a52-6f5c-4c4e-9a39-0d2a4dc8b1f7
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /**
                 * @description The dispute's id.
                 * @example dsp_01
                 */
                disputeId: components["parameters"]["DisputeId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DisputeResolution"];
            };
        };
        responses: {
            /** @description The decided dispute. */
            200: {
                headers: {
                    "Eco-Request-Id": components["headers"]["EcoRequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Dispute"];
                };
            };
            400: components["responses"]["BodyUnreadable"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["StateRefused"];
            422: components["responses"]["RequestInvalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedProblem"];
        };
    };
    listCertifications: {
        parameters: {
            query?: {
                /** @description Only certifications with this status. */
                status?: components["schemas"]["CertificationStatus"];
                /**
                 * @description How many items a page holds at most.
                 * @example 50
                 */
                limit?: components["parameters"]["Limit"];
                /** @description The `nextCursor` of the page before. Its form is the platform's own business. */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of certifications. */
            200: {
                headers: {
                    "Eco-Request-Id": components["headers"]["EcoRequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CertificationList"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["RequestInvalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedProblem"];
        };
    };
    submitCertification: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a retry safe: the same key with the same request gets the first answer again, for 24 hours.
                 *     Use a new key (such as a UUID) for each thing that you want done, and the same one for each retry of it.
                 * @example 5f0c1a52-6f5c-4c4e-9a39-0d2a4dc8b1f7
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CertificationRequest"];
            };
        };
        responses: {
            /** @description The certification, submitted or already decided. */
            201: {
                headers: {
                    "Eco-Request-Id": components["headers"]["EcoRequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Certification"];
                };
            };
            400: components["responses"]["BodyUnreadable"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["RequestInvalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedProblem"];
        };
    };
    getCertification: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The certification's id.
                 * @example crt_01
                 */
                certificationId: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The certification. */
            200: {
                headers: {
                    "Eco-Request-Id": components["headers"]["EcoRequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Certification"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["RequestInvalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedProblem"];
        };
    };
    reviewCertification: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a retry safe: the same key with the same request gets the first answer again, for 24 hours.
                 *     Use a new key (such as a UUID) for each thing that you want done, and the same one for each retry of it.
                 * @example 5f0c1a52-6f5c-4c4e-9a39-0d2a4dc8b1f7
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /**
                 * @description The certification's id.
                 * @example crt_01
                 */
                certificationId: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CertificationReview"];
            };
        };
        responses: {
            /** @description The decided certification. */
            200: {
                headers: {
                    "Eco-Request-Id": components["headers"]["EcoRequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Certification"];
                };
            };
            400: components["responses"]["BodyUnreadable"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["StateRefused"];
            422: components["responses"]["RequestInvalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedProblem"];
        };
    };
    getCertificationRun: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The certification's id.
                 * @example crt_01
                 */
                certificationId: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The report. */
            200: {
                headers: {
                    "Eco-Request-Id": components["headers"]["EcoRequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CertificationRun"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["RequestInvalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedProblem"];
        };
    };
    requestCertificationWaiver: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a retry safe: the same key with the same request gets the first answer again, for 24 hours.
                 *     Use a new key (such as a UUID) for each thing that you want done, and the same one for each retry of it.
                 * @example 5f0c1a52-6f5c-4c4e-9a39-0d2a4dc8b1f7
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /**
                 * @description The certification's id.
                 * @example crt_01
                 */
                certificationId: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CertificationWaiverRequest"];
            };
        };
        responses: {
            /** @description The certification, with the waiver that is asked for. */
            200: {
                headers: {
                    "Eco-Request-Id": components["headers"]["EcoRequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Certification"];
                };
            };
            400: components["responses"]["BodyUnreadable"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["StateRefused"];
            422: components["responses"]["RequestInvalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedProblem"];
        };
    };
    decideCertificationWaiver: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a retry safe: the same key with the same request gets the first answer again, for 24 hours.
                 *     Use a new key (such as a UUID) for each thing that you want done, and the same one for each retry of it.
                 * @example 5f0c1a52-6f5c-4c4e-9a39-0d2a4dc8b1f7
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /**
                 * @description The certification's id.
                 * @example crt_01
                 */
                certificationId: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CertificationWaiverDecision"];
            };
        };
        responses: {
            /** @description The certification, judged anew. */
            200: {
                headers: {
                    "Eco-Request-Id": components["headers"]["EcoRequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Certification"];
                };
            };
            400: components["responses"]["BodyUnreadable"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["StateRefused"];
            422: components["responses"]["RequestInvalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedProblem"];
        };
    };
    meetCertificationCondition: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a retry safe: the same key with the same request gets the first answer again, for 24 hours.
                 *     Use a new key (such as a UUID) for each thing that you want done, and the same one for each retry of it.
                 * @example 5f0c1a52-6f5c-4c4e-9a39-0d2a4dc8b1f7
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /**
                 * @description The certification's id.
                 * @example crt_01
                 */
                certificationId: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CertificationConditionMet"];
            };
        };
        responses: {
            /** @description The certification, with its new certificate. */
            200: {
                headers: {
                    "Eco-Request-Id": components["headers"]["EcoRequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Certification"];
                };
            };
            400: components["responses"]["BodyUnreadable"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["StateRefused"];
            422: components["responses"]["RequestInvalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedProblem"];
        };
    };
    endCertificationObservation: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a retry safe: the same key with the same request gets the first answer again, for 24 hours.
                 *     Use a new key (such as a UUID) for each thing that you want done, and the same one for each retry of it.
                 * @example 5f0c1a52-6f5c-4c4e-9a39-0d2a4dc8b1f7
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /**
                 * @description The certification's id.
                 * @example crt_01
                 */
                certificationId: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The certification, waiting for its run. */
            200: {
                headers: {
                    "Eco-Request-Id": components["headers"]["EcoRequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Certification"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["StateRefused"];
            422: components["responses"]["RequestInvalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedProblem"];
        };
    };
    setCertificationStanding: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a retry safe: the same key with the same request gets the first answer again, for 24 hours.
                 *     Use a new key (such as a UUID) for each thing that you want done, and the same one for each retry of it.
                 * @example 5f0c1a52-6f5c-4c4e-9a39-0d2a4dc8b1f7
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /**
                 * @description The certification's id.
                 * @example crt_01
                 */
                certificationId: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CertificationStanding"];
            };
        };
        responses: {
            /** @description The certification as it stands now. */
            200: {
                headers: {
                    "Eco-Request-Id": components["headers"]["EcoRequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Certification"];
                };
            };
            400: components["responses"]["BodyUnreadable"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["StateRefused"];
            422: components["responses"]["RequestInvalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedProblem"];
        };
    };
    listCertificationKeys: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The keys. */
            200: {
                headers: {
                    "Eco-Request-Id": components["headers"]["EcoRequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CertificationKeys"];
                };
            };
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedProblem"];
        };
    };
    getCertificationStatusList: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The list. */
            200: {
                headers: {
                    "Eco-Request-Id": components["headers"]["EcoRequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CertificationStatusList"];
                };
            };
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedProblem"];
        };
    };
    listIncidents: {
        parameters: {
            query?: {
                /** @description Only incidents with this status. */
                status?: components["schemas"]["IncidentStatus"];
                /** @description Only incidents of this severity. */
                severity?: components["schemas"]["IncidentSeverity"];
                /** @description Only incidents of this party. */
                owner?: components["schemas"]["PartyId"];
                /** @description Only those of this delivery. */
                deliveryId?: components["parameters"]["DeliveryFilter"];
                /**
                 * @description How many items a page holds at most.
                 * @example 50
                 */
                limit?: components["parameters"]["Limit"];
                /** @description The `nextCursor` of the page before. Its form is the platform's own business. */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of incidents. */
            200: {
                headers: {
                    "Eco-Request-Id": components["headers"]["EcoRequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IncidentList"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["RequestInvalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedProblem"];
        };
    };
    openIncident: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a retry safe: the same key with the same request gets the first answer again, for 24 hours.
                 *     Use a new key (such as a UUID) for each thing that you want done, and the same one for each retry of it.
                 * @example 5f0c1a52-6f5c-4c4e-9a39-0d2a4dc8b1f7
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["IncidentRequest"];
            };
        };
        responses: {
            /** @description The incident with its deadlines. */
            201: {
                headers: {
                    "Eco-Request-Id": components["headers"]["EcoRequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Incident"];
                };
            };
            400: components["responses"]["BodyUnreadable"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["StateRefused"];
            422: components["responses"]["RequestInvalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedProblem"];
        };
    };
    getIncident: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The incident's id.
                 * @example inc_01
                 */
                incidentId: components["parameters"]["IncidentId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The incident. */
            200: {
                headers: {
                    "Eco-Request-Id": components["headers"]["EcoRequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Incident"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["RequestInvalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedProblem"];
        };
    };
    acknowledgeIncident: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a retry safe: the same key with the same request gets the first answer again, for 24 hours.
                 *     Use a new key (such as a UUID) for each thing that you want done, and the same one for each retry of it.
                 * @example 5f0c1a52-6f5c-4c4e-9a39-0d2a4dc8b1f7
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /**
                 * @description The incident's id.
                 * @example inc_01
                 */
                incidentId: components["parameters"]["IncidentId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Noted"];
            };
        };
        responses: {
            /** @description The incident. */
            200: {
                headers: {
                    "Eco-Request-Id": components["headers"]["EcoRequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Incident"];
                };
            };
            400: components["responses"]["BodyUnreadable"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["StateRefused"];
            422: components["responses"]["RequestInvalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedProblem"];
        };
    };
    updateIncident: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a retry safe: the same key with the same request gets the first answer again, for 24 hours.
                 *     Use a new key (such as a UUID) for each thing that you want done, and the same one for each retry of it.
                 * @example 5f0c1a52-6f5c-4c4e-9a39-0d2a4dc8b1f7
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /**
                 * @description The incident's id.
                 * @example inc_01
                 */
                incidentId: components["parameters"]["IncidentId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["IncidentUpdate"];
            };
        };
        responses: {
            /** @description The incident. */
            200: {
                headers: {
                    "Eco-Request-Id": components["headers"]["EcoRequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Incident"];
                };
            };
            400: components["responses"]["BodyUnreadable"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["StateRefused"];
            422: components["responses"]["RequestInvalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedProblem"];
        };
    };
    handOverIncident: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a retry safe: the same key with the same request gets the first answer again, for 24 hours.
                 *     Use a new key (such as a UUID) for each thing that you want done, and the same one for each retry of it.
                 * @example 5f0c1a52-6f5c-4c4e-9a39-0d2a4dc8b1f7
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /**
                 * @description The incident's id.
                 * @example inc_01
                 */
                incidentId: components["parameters"]["IncidentId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["IncidentHandover"];
            };
        };
        responses: {
            /** @description The incident. */
            200: {
                headers: {
                    "Eco-Request-Id": components["headers"]["EcoRequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Incident"];
                };
            };
            400: components["responses"]["BodyUnreadable"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["StateRefused"];
            422: components["responses"]["RequestInvalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedProblem"];
        };
    };
    resolveIncident: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a retry safe: the same key with the same request gets the first answer again, for 24 hours.
                 *     Use a new key (such as a UUID) for each thing that you want done, and the same one for each retry of it.
                 * @example 5f0c1a52-6f5c-4c4e-9a39-0d2a4dc8b1f7
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /**
                 * @description The incident's id.
                 * @example inc_01
                 */
                incidentId: components["parameters"]["IncidentId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["IncidentResolution"];
            };
        };
        responses: {
            /** @description The resolved incident. */
            200: {
                headers: {
                    "Eco-Request-Id": components["headers"]["EcoRequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Incident"];
                };
            };
            400: components["responses"]["BodyUnreadable"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["StateRefused"];
            422: components["responses"]["RequestInvalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedProblem"];
        };
    };
    reviewIncident: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a retry safe: the same key with the same request gets the first answer again, for 24 hours.
                 *     Use a new key (such as a UUID) for each thing that you want done, and the same one for each retry of it.
                 * @example 5f0c1a52-6f5c-4c4e-9a39-0d2a4dc8b1f7
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /**
                 * @description The incident's id.
                 * @example inc_01
                 */
                incidentId: components["parameters"]["IncidentId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["IncidentReview"];
            };
        };
        responses: {
            /** @description The reviewed incident. */
            200: {
                headers: {
                    "Eco-Request-Id": components["headers"]["EcoRequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Incident"];
                };
            };
            400: components["responses"]["BodyUnreadable"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["StateRefused"];
            422: components["responses"]["RequestInvalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedProblem"];
        };
    };
    excuseDelivery: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a retry safe: the same key with the same request gets the first answer again, for 24 hours.
                 *     Use a new key (such as a UUID) for each thing that you want done, and the same one for each retry of it.
                 * @example 5f0c1a52-6f5c-4c4e-9a39-0d2a4dc8b1f7
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /**
                 * @description The incident's id.
                 * @example inc_01
                 */
                incidentId: components["parameters"]["IncidentId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["IncidentExcuse"];
            };
        };
        responses: {
            /** @description The delivery as it stands now. */
            200: {
                headers: {
                    "Eco-Request-Id": components["headers"]["EcoRequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Delivery"];
                };
            };
            400: components["responses"]["BodyUnreadable"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["StateRefused"];
            422: components["responses"]["RequestInvalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedProblem"];
        };
    };
    listFeedback: {
        parameters: {
            query?: {
                /** @description Only those of this delivery. */
                deliveryId?: components["parameters"]["DeliveryFilter"];
                /** @description Only those of this case. */
                caseId?: components["schemas"]["Id"];
                /** @description Only feedback with this status. */
                status?: components["schemas"]["FeedbackStatus"];
                /**
                 * @description How many items a page holds at most.
                 * @example 50
                 */
                limit?: components["parameters"]["Limit"];
                /** @description The `nextCursor` of the page before. Its form is the platform's own business. */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of feedback. */
            200: {
                headers: {
                    "Eco-Request-Id": components["headers"]["EcoRequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FeedbackList"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["RequestInvalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedProblem"];
        };
    };
    createFeedback: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a retry safe: the same key with the same request gets the first answer again, for 24 hours.
                 *     Use a new key (such as a UUID) for each thing that you want done, and the same one for each retry of it.
                 * @example 5f0c1a52-6f5c-4c4e-9a39-0d2a4dc8b1f7
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FeedbackRequest"];
            };
        };
        responses: {
            /** @description The feedback. */
            201: {
                headers: {
                    "Eco-Request-Id": components["headers"]["EcoRequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Feedback"];
                };
            };
            400: components["responses"]["BodyUnreadable"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["StateRefused"];
            422: components["responses"]["RequestInvalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedProblem"];
        };
    };
    getFeedback: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The feedback's id.
                 * @example fbk_01
                 */
                feedbackId: components["parameters"]["FeedbackId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The feedback. */
            200: {
                headers: {
                    "Eco-Request-Id": components["headers"]["EcoRequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Feedback"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["RequestInvalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedProblem"];
        };
    };
    changeFeedback: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The feedback's id.
                 * @example fbk_01
                 */
                feedbackId: components["parameters"]["FeedbackId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FeedbackChange"];
            };
        };
        responses: {
            /** @description The feedback as it is now. */
            200: {
                headers: {
                    "Eco-Request-Id": components["headers"]["EcoRequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Feedback"];
                };
            };
            400: components["responses"]["BodyUnreadable"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["StateRefused"];
            422: components["responses"]["RequestInvalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedProblem"];
        };
    };
    withdrawFeedback: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a retry safe: the same key with the same request gets the first answer again, for 24 hours.
                 *     Use a new key (such as a UUID) for each thing that you want done, and the same one for each retry of it.
                 * @example 5f0c1a52-6f5c-4c4e-9a39-0d2a4dc8b1f7
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /**
                 * @description The feedback's id.
                 * @example fbk_01
                 */
                feedbackId: components["parameters"]["FeedbackId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What is left of it. */
            200: {
                headers: {
                    "Eco-Request-Id": components["headers"]["EcoRequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Feedback"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["StateRefused"];
            422: components["responses"]["RequestInvalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedProblem"];
        };
    };
    listScorecards: {
        parameters: {
            query?: {
                /** @description The month that is measured, or the first and the last of several with a slash between them, at most 36 months; the window of the metric catalogue that ends now where left out. */
                period?: components["parameters"]["MeasuredPeriod"];
                /**
                 * @description How many items a page holds at most.
                 * @example 50
                 */
                limit?: components["parameters"]["Limit"];
                /** @description The `nextCursor` of the page before. Its form is the platform's own business. */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of scorecards. */
            200: {
                headers: {
                    "Eco-Request-Id": components["headers"]["EcoRequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScorecardList"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["RequestInvalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedProblem"];
        };
    };
    getScorecard: {
        parameters: {
            query?: {
                /** @description The month that is measured, or the first and the last of several with a slash between them, at most 36 months; the window of the metric catalogue that ends now where left out. */
                period?: components["parameters"]["MeasuredPeriod"];
            };
            header?: never;
            path: {
                /**
                 * @description The party's id.
                 * @example spacefinder
                 */
                partyId: components["parameters"]["PartyId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The scorecard. */
            200: {
                headers: {
                    "Eco-Request-Id": components["headers"]["EcoRequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Scorecard"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["RequestInvalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedProblem"];
        };
    };
    getMap: {
        parameters: {
            query?: {
                /** @description The accounting month, or the first and the last of several with a slash between them, at most 36 months. The present month of the sandbox's clock where left out. */
                period?: components["schemas"]["Months"];
                /** @description Only what is paid for this product. */
                product?: components["schemas"]["Product"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The map. */
            200: {
                headers: {
                    "Eco-Request-Id": components["headers"]["EcoRequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EcosystemMap"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["RequestInvalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedProblem"];
        };
    };
    listMetricRecords: {
        parameters: {
            query?: {
                /** @description Only the part of this party. Who oversees the ecosystem sees those of all where it is left out. */
                party?: components["schemas"]["PartyId"];
                /** @description The month that is measured, or the first and the last of several with a slash between them, at most 36 months; the window of the metric catalogue that ends now where left out. */
                period?: components["parameters"]["MeasuredPeriod"];
                /**
                 * @description How many items a page holds at most.
                 * @example 50
                 */
                limit?: components["parameters"]["Limit"];
                /** @description The `nextCursor` of the page before. Its form is the platform's own business. */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path: {
                /**
                 * @description The metric's id in the catalogue.
                 * @example on-time-rate
                 */
                metricId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of records, in the order of the store. */
            200: {
                headers: {
                    "Eco-Request-Id": components["headers"]["EcoRequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MetricRecordList"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["RequestInvalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedProblem"];
        };
    };
    getBrief: {
        parameters: {
            query?: {
                /** @description The day in the ecosystem's time zone; the last one that has gone by where left out. */
                day?: components["schemas"]["Day"];
                /** @description Only what this party takes part in. Who oversees the ecosystem gets everything where it is left out. */
                party?: components["parameters"]["PartOf"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The brief. */
            200: {
                headers: {
                    "Eco-Request-Id": components["headers"]["EcoRequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Brief"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["RequestInvalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedProblem"];
        };
    };
    getTriage: {
        parameters: {
            query?: {
                /**
                 * @description The week of ISO 8601 by whose end it is due, in the ecosystem's time zone; the present one where left out.
                 * @example 2025-W11
                 */
                week?: string;
                /** @description Only what this party takes part in. Who oversees the ecosystem gets everything where it is left out. */
                party?: components["parameters"]["PartOf"];
                /**
                 * @description How many items a page holds at most.
                 * @example 50
                 */
                limit?: components["parameters"]["Limit"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What is open. */
            200: {
                headers: {
                    "Eco-Request-Id": components["headers"]["EcoRequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Triage"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["RequestInvalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedProblem"];
        };
    };
    getQuarterlyReview: {
        parameters: {
            query?: {
                /** @description The calendar quarter, in the ecosystem's time zone; the last one that has gone by where left out. */
                quarter?: components["schemas"]["Quarter"];
                /** @description Only what this party takes part in. Who oversees the ecosystem gets everything where it is left out. */
                party?: components["parameters"]["PartOf"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The review. */
            200: {
                headers: {
                    "Eco-Request-Id": components["headers"]["EcoRequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QuarterlyReview"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["RequestInvalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedProblem"];
        };
    };
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
                    "Eco-Request-Id": components["headers"]["EcoRequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SandboxInfo"];
                };
            };
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedProblem"];
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
            /** @description The sandbox is as new. */
            204: {
                headers: {
                    "Eco-Request-Id": components["headers"]["EcoRequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedProblem"];
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
                    "Eco-Request-Id": components["headers"]["EcoRequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Clock"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedProblem"];
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
            /** @description The clock as it is now. */
            200: {
                headers: {
                    "Eco-Request-Id": components["headers"]["EcoRequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Clock"];
                };
            };
            400: components["responses"]["BodyUnreadable"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["RequestInvalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedProblem"];
        };
    };
    getBehaviour: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The party's id.
                 * @example spacefinder
                 */
                partyId: components["parameters"]["PartyId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The behaviour. */
            200: {
                headers: {
                    "Eco-Request-Id": components["headers"]["EcoRequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PartyBehaviour"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["RequestInvalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedProblem"];
        };
    };
    setBehaviour: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The party's id.
                 * @example spacefinder
                 */
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
                    "Eco-Request-Id": components["headers"]["EcoRequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PartyBehaviour"];
                };
            };
            400: components["responses"]["BodyUnreadable"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["RequestInvalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedProblem"];
        };
    };
    listChanges: {
        parameters: {
            query?: {
                /** @description Only changes that stand so. */
                status?: components["schemas"]["ChangeStatus"];
                /** @description Only changes that are as grave. */
                level?: components["schemas"]["ChangeLevel"];
                /** @description Only changes that affect this party. A party asks for itself; the orchestrator and regulators for anybody. */
                affects?: components["schemas"]["PartyId"];
                /**
                 * @description How many items a page holds at most.
                 * @example 50
                 */
                limit?: components["parameters"]["Limit"];
                /** @description The `nextCursor` of the page before. Its form is the platform's own business. */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of changes, without what each changes. */
            200: {
                headers: {
                    "Eco-Request-Id": components["headers"]["EcoRequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChangeList"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["RequestInvalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedProblem"];
        };
    };
    proposeChange: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a retry safe: the same key with the same request gets the first answer again, for 24 hours.
                 *     Use a new key (such as a UUID) for each thing that you want done, and the same one for each retry of it.
                 * @example 5f0c1a52-6f5c-4c4e-9a39-0d2a4dc8b1f7
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeProposal"];
            };
        };
        responses: {
            /** @description The proposal, and until when parties may object. */
            201: {
                headers: {
                    "Eco-Request-Id": components["headers"]["EcoRequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Change"];
                };
            };
            400: components["responses"]["BodyUnreadable"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["ChangeRefused"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedProblem"];
        };
    };
    getChange: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The change's id.
                 * @example chg_01
                 */
                changeId: components["parameters"]["ChangeId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The change. */
            200: {
                headers: {
                    "Eco-Request-Id": components["headers"]["EcoRequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Change"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["RequestInvalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedProblem"];
        };
    };
    listAffectedParties: {
        parameters: {
            query?: {
                /**
                 * @description How many items a page holds at most.
                 * @example 50
                 */
                limit?: components["parameters"]["Limit"];
                /** @description The `nextCursor` of the page before. Its form is the platform's own business. */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path: {
                /**
                 * @description The change's id.
                 * @example chg_01
                 */
                changeId: components["parameters"]["ChangeId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of affected parties. */
            200: {
                headers: {
                    "Eco-Request-Id": components["headers"]["EcoRequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AffectedList"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["RequestInvalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedProblem"];
        };
    };
    listChangeComments: {
        parameters: {
            query?: {
                /**
                 * @description How many items a page holds at most.
                 * @example 50
                 */
                limit?: components["parameters"]["Limit"];
                /** @description The `nextCursor` of the page before. Its form is the platform's own business. */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path: {
                /**
                 * @description The change's id.
                 * @example chg_01
                 */
                changeId: components["parameters"]["ChangeId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of comments. */
            200: {
                headers: {
                    "Eco-Request-Id": components["headers"]["EcoRequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChangeCommentList"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["RequestInvalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedProblem"];
        };
    };
    commentOnChange: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a retry safe: the same key with the same request gets the first answer again, for 24 hours.
                 *     Use a new key (such as a UUID) for each thing that you want done, and the same one for each retry of it.
                 * @example 5f0c1a52-6f5c-4c4e-9a39-0d2a4dc8b1f7
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /**
                 * @description The change's id.
                 * @example chg_01
                 */
                changeId: components["parameters"]["ChangeId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeCommentRequest"];
            };
        };
        responses: {
            /** @description The comment. */
            201: {
                headers: {
                    "Eco-Request-Id": components["headers"]["EcoRequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChangeComment"];
                };
            };
            400: components["responses"]["BodyUnreadable"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["StateRefused"];
            422: components["responses"]["RequestInvalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedProblem"];
        };
    };
    objectToChange: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a retry safe: the same key with the same request gets the first answer again, for 24 hours.
                 *     Use a new key (such as a UUID) for each thing that you want done, and the same one for each retry of it.
                 * @example 5f0c1a52-6f5c-4c4e-9a39-0d2a4dc8b1f7
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /**
                 * @description The change's id.
                 * @example chg_01
                 */
                changeId: components["parameters"]["ChangeId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ObjectionRequest"];
            };
        };
        responses: {
            /** @description The objection. */
            201: {
                headers: {
                    "Eco-Request-Id": components["headers"]["EcoRequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Objection"];
                };
            };
            400: components["responses"]["BodyUnreadable"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["StateRefused"];
            422: components["responses"]["RequestInvalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedProblem"];
        };
    };
    decideChange: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a retry safe: the same key with the same request gets the first answer again, for 24 hours.
                 *     Use a new key (such as a UUID) for each thing that you want done, and the same one for each retry of it.
                 * @example 5f0c1a52-6f5c-4c4e-9a39-0d2a4dc8b1f7
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /**
                 * @description The change's id.
                 * @example chg_01
                 */
                changeId: components["parameters"]["ChangeId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeDecision"];
            };
        };
        responses: {
            /** @description The decided change. */
            200: {
                headers: {
                    "Eco-Request-Id": components["headers"]["EcoRequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Change"];
                };
            };
            400: components["responses"]["BodyUnreadable"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["StateRefused"];
            422: components["responses"]["ChangeRefused"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedProblem"];
        };
    };
    withdrawChange: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a retry safe: the same key with the same request gets the first answer again, for 24 hours.
                 *     Use a new key (such as a UUID) for each thing that you want done, and the same one for each retry of it.
                 * @example 5f0c1a52-6f5c-4c4e-9a39-0d2a4dc8b1f7
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /**
                 * @description The change's id.
                 * @example chg_01
                 */
                changeId: components["parameters"]["ChangeId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeWithdrawal"];
            };
        };
        responses: {
            /** @description The change as it stands. */
            200: {
                headers: {
                    "Eco-Request-Id": components["headers"]["EcoRequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Change"];
                };
            };
            400: components["responses"]["BodyUnreadable"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["StateRefused"];
            422: components["responses"]["RequestInvalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedProblem"];
        };
    };
}
