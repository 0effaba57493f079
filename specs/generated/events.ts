// Made by `npm run types` from asyncapi/events.yaml. Changes here are lost: change the document.

export type paths = Record<string, never>;
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description The headers of Standard Webhooks. */
        WebhookHeaders: {
            /**
             * @description CloudEvents in structured mode.
             * @constant
             */
            "content-type"?: "application/cloudevents+json";
            /** @description The same as the envelope's id, on every retry. */
            "webhook-id": string;
            /** @description When it was sent, in seconds since 1970 by wall-clock time. */
            "webhook-timestamp": string;
            /** @description One or more signatures, separated by spaces. Two while a secret is rotated. */
            "webhook-signature": string;
        };
        /** @description The envelope of `party.registered`. */
        PartyRegisteredEvent: {
            specversion: components["schemas"]["SpecVersion"];
            id: components["schemas"]["EventId"];
            source: components["schemas"]["Source"];
            /**
             * @description The kind of event and its version.
             * @constant
             */
            type: "campus.harbour.party.registered.v1";
            subject: components["schemas"]["Subject"];
            time: components["schemas"]["Instant"];
            datacontenttype: components["schemas"]["DataContentType"];
            data: components["schemas"]["PartyRegistered"];
        };
        /** @description A company registered. */
        PartyRegistered: {
            partyId: components["schemas"]["PartyId"];
            name: components["schemas"]["Name"];
            role: components["schemas"]["Role"];
            status: components["schemas"]["PartyStatus"];
        };
        /** @description The envelope of `party.activated`. */
        PartyActivatedEvent: {
            specversion: components["schemas"]["SpecVersion"];
            id: components["schemas"]["EventId"];
            source: components["schemas"]["Source"];
            /**
             * @description The kind of event and its version.
             * @constant
             */
            type: "campus.harbour.party.activated.v1";
            subject: components["schemas"]["Subject"];
            time: components["schemas"]["Instant"];
            datacontenttype: components["schemas"]["DataContentType"];
            data: components["schemas"]["PartyActivated"];
        };
        /** @description A company is active. */
        PartyActivated: {
            partyId: components["schemas"]["PartyId"];
            name: components["schemas"]["Name"];
            role: components["schemas"]["Role"];
            status: components["schemas"]["PartyStatus"];
        };
        /** @description The envelope of `party.exited`. */
        PartyExitedEvent: {
            specversion: components["schemas"]["SpecVersion"];
            id: components["schemas"]["EventId"];
            source: components["schemas"]["Source"];
            /**
             * @description The kind of event and its version.
             * @constant
             */
            type: "campus.harbour.party.exited.v1";
            subject: components["schemas"]["Subject"];
            time: components["schemas"]["Instant"];
            datacontenttype: components["schemas"]["DataContentType"];
            data: components["schemas"]["PartyExited"];
        };
        /** @description A company left. */
        PartyExited: {
            partyId: components["schemas"]["PartyId"];
            name?: components["schemas"]["Name"];
            role: components["schemas"]["Role"];
            status: components["schemas"]["PartyStatus"];
            reason?: components["schemas"]["Text"];
        };
        /** @description The envelope of `agreement.accepted`. */
        AgreementAcceptedEvent: {
            specversion: components["schemas"]["SpecVersion"];
            id: components["schemas"]["EventId"];
            source: components["schemas"]["Source"];
            /**
             * @description The kind of event and its version.
             * @constant
             */
            type: "campus.harbour.agreement.accepted.v1";
            subject: components["schemas"]["Subject"];
            time: components["schemas"]["Instant"];
            datacontenttype: components["schemas"]["DataContentType"];
            data: components["schemas"]["AgreementAccepted"];
        };
        /** @description A party accepted an agreement. */
        AgreementAccepted: {
            agreementId: components["schemas"]["Id"];
            version: components["schemas"]["Version"];
            digest: components["schemas"]["Digest"];
            partyId: components["schemas"]["PartyId"];
            acceptedAt?: components["schemas"]["Instant"];
        };
        /** @description The envelope of `case.opened`. */
        CaseOpenedEvent: {
            specversion: components["schemas"]["SpecVersion"];
            id: components["schemas"]["EventId"];
            source: components["schemas"]["Source"];
            /**
             * @description The kind of event and its version.
             * @constant
             */
            type: "campus.harbour.case.opened.v1";
            subject: components["schemas"]["Subject"];
            time: components["schemas"]["Instant"];
            datacontenttype: components["schemas"]["DataContentType"];
            data: components["schemas"]["CaseOpened"];
        };
        /** @description A member opened a case. */
        CaseOpened: {
            caseId: components["schemas"]["Id"];
            intent: components["schemas"]["Intent"];
            customer: components["schemas"]["PartyId"];
            status?: components["schemas"]["CaseStatus"];
        };
        /** @description The envelope of `case.routed`. */
        CaseRoutedEvent: {
            specversion: components["schemas"]["SpecVersion"];
            id: components["schemas"]["EventId"];
            source: components["schemas"]["Source"];
            /**
             * @description The kind of event and its version.
             * @constant
             */
            type: "campus.harbour.case.routed.v1";
            subject: components["schemas"]["Subject"];
            time: components["schemas"]["Instant"];
            datacontenttype: components["schemas"]["DataContentType"];
            data: components["schemas"]["CaseRouted"];
        };
        /** @description A case has an assignee. */
        CaseRouted: {
            caseId: components["schemas"]["Id"];
            intent: components["schemas"]["Intent"];
            customer: components["schemas"]["PartyId"];
            status?: components["schemas"]["CaseStatus"];
            assignee: components["schemas"]["PartyId"];
        };
        /** @description The envelope of `case.resolved`. */
        CaseResolvedEvent: {
            specversion: components["schemas"]["SpecVersion"];
            id: components["schemas"]["EventId"];
            source: components["schemas"]["Source"];
            /**
             * @description The kind of event and its version.
             * @constant
             */
            type: "campus.harbour.case.resolved.v1";
            subject: components["schemas"]["Subject"];
            time: components["schemas"]["Instant"];
            datacontenttype: components["schemas"]["DataContentType"];
            data: components["schemas"]["CaseResolved"];
        };
        /** @description A case is resolved. */
        CaseResolved: {
            caseId: components["schemas"]["Id"];
            intent: components["schemas"]["Intent"];
            customer: components["schemas"]["PartyId"];
            status?: components["schemas"]["CaseStatus"];
            assignee: components["schemas"]["PartyId"];
            firstContact: components["schemas"]["FirstContact"];
            deliveryId?: components["schemas"]["Id"];
        };
        /** @description The envelope of `work-order.offered`. */
        WorkOrderOfferedEvent: {
            specversion: components["schemas"]["SpecVersion"];
            id: components["schemas"]["EventId"];
            source: components["schemas"]["Source"];
            /**
             * @description The kind of event and its version.
             * @constant
             */
            type: "campus.harbour.work-order.offered.v1";
            subject: components["schemas"]["Subject"];
            time: components["schemas"]["Instant"];
            datacontenttype: components["schemas"]["DataContentType"];
            data: components["schemas"]["WorkOrderOffered"];
        };
        /** @description A work order is offered to a provider. */
        WorkOrderOffered: {
            workOrderId: components["schemas"]["Id"];
            product: components["schemas"]["Product"];
            customer: components["schemas"]["PartyId"];
            provider: components["schemas"]["PartyId"];
            status: components["schemas"]["WorkOrderStatus"];
            scheduledFor: components["schemas"]["DeliveryTime"];
            respondBy: components["schemas"]["Instant"];
        };
        /** @description The envelope of `work-order.accepted`. */
        WorkOrderAcceptedEvent: {
            specversion: components["schemas"]["SpecVersion"];
            id: components["schemas"]["EventId"];
            source: components["schemas"]["Source"];
            /**
             * @description The kind of event and its version.
             * @constant
             */
            type: "campus.harbour.work-order.accepted.v1";
            subject: components["schemas"]["Subject"];
            time: components["schemas"]["Instant"];
            datacontenttype: components["schemas"]["DataContentType"];
            data: components["schemas"]["WorkOrderAccepted"];
        };
        /** @description A provider took a work order. */
        WorkOrderAccepted: {
            workOrderId: components["schemas"]["Id"];
            product: components["schemas"]["Product"];
            customer: components["schemas"]["PartyId"];
            provider: components["schemas"]["PartyId"];
            status: components["schemas"]["WorkOrderStatus"];
            scheduledFor: components["schemas"]["DeliveryTime"];
        };
        /** @description The envelope of `work-order.declined`. */
        WorkOrderDeclinedEvent: {
            specversion: components["schemas"]["SpecVersion"];
            id: components["schemas"]["EventId"];
            source: components["schemas"]["Source"];
            /**
             * @description The kind of event and its version.
             * @constant
             */
            type: "campus.harbour.work-order.declined.v1";
            subject: components["schemas"]["Subject"];
            time: components["schemas"]["Instant"];
            datacontenttype: components["schemas"]["DataContentType"];
            data: components["schemas"]["WorkOrderDeclined"];
        };
        /** @description A provider declined a work order, or let its time run out. */
        WorkOrderDeclined: {
            workOrderId: components["schemas"]["Id"];
            product: components["schemas"]["Product"];
            customer: components["schemas"]["PartyId"];
            provider: components["schemas"]["PartyId"];
            status: components["schemas"]["WorkOrderStatus"];
            scheduledFor: components["schemas"]["DeliveryTime"];
            outcome: components["schemas"]["DeclineOutcome"];
            reason?: components["schemas"]["Text"];
        };
        /** @description The envelope of `work-order.reassigned`. */
        WorkOrderReassignedEvent: {
            specversion: components["schemas"]["SpecVersion"];
            id: components["schemas"]["EventId"];
            source: components["schemas"]["Source"];
            /**
             * @description The kind of event and its version.
             * @constant
             */
            type: "campus.harbour.work-order.reassigned.v1";
            subject: components["schemas"]["Subject"];
            time: components["schemas"]["Instant"];
            datacontenttype: components["schemas"]["DataContentType"];
            data: components["schemas"]["WorkOrderReassigned"];
        };
        /** @description A work order passed to a substitute. */
        WorkOrderReassigned: {
            workOrderId: components["schemas"]["Id"];
            product: components["schemas"]["Product"];
            customer: components["schemas"]["PartyId"];
            provider: components["schemas"]["PartyId"];
            status: components["schemas"]["WorkOrderStatus"];
            scheduledFor: components["schemas"]["DeliveryTime"];
            from: components["schemas"]["PartyId"];
            to: components["schemas"]["PartyId"];
            reason?: components["schemas"]["Text"];
        };
        /** @description The envelope of `work-order.rescheduled`. */
        WorkOrderRescheduledEvent: {
            specversion: components["schemas"]["SpecVersion"];
            id: components["schemas"]["EventId"];
            source: components["schemas"]["Source"];
            /**
             * @description The kind of event and its version.
             * @constant
             */
            type: "campus.harbour.work-order.rescheduled.v1";
            subject: components["schemas"]["Subject"];
            time: components["schemas"]["Instant"];
            datacontenttype: components["schemas"]["DataContentType"];
            data: components["schemas"]["WorkOrderRescheduled"];
        };
        /** @description A work order has a new time. */
        WorkOrderRescheduled: {
            workOrderId: components["schemas"]["Id"];
            product: components["schemas"]["Product"];
            customer: components["schemas"]["PartyId"];
            provider: components["schemas"]["PartyId"];
            status: components["schemas"]["WorkOrderStatus"];
            scheduledFor: components["schemas"]["DeliveryTime"];
            reason?: components["schemas"]["Text"];
        };
        /** @description The envelope of `work-order.cancelled`. */
        WorkOrderCancelledEvent: {
            specversion: components["schemas"]["SpecVersion"];
            id: components["schemas"]["EventId"];
            source: components["schemas"]["Source"];
            /**
             * @description The kind of event and its version.
             * @constant
             */
            type: "campus.harbour.work-order.cancelled.v1";
            subject: components["schemas"]["Subject"];
            time: components["schemas"]["Instant"];
            datacontenttype: components["schemas"]["DataContentType"];
            data: components["schemas"]["WorkOrderCancelled"];
        };
        /** @description A work order was called off. */
        WorkOrderCancelled: {
            workOrderId: components["schemas"]["Id"];
            product: components["schemas"]["Product"];
            customer: components["schemas"]["PartyId"];
            provider: components["schemas"]["PartyId"];
            status: components["schemas"]["WorkOrderStatus"];
            scheduledFor: components["schemas"]["DeliveryTime"];
            reason?: components["schemas"]["Text"];
        };
        /** @description The envelope of `work-order.completed`. */
        WorkOrderCompletedEvent: {
            specversion: components["schemas"]["SpecVersion"];
            id: components["schemas"]["EventId"];
            source: components["schemas"]["Source"];
            /**
             * @description The kind of event and its version.
             * @constant
             */
            type: "campus.harbour.work-order.completed.v1";
            subject: components["schemas"]["Subject"];
            time: components["schemas"]["Instant"];
            datacontenttype: components["schemas"]["DataContentType"];
            data: components["schemas"]["WorkOrderCompleted"];
        };
        /** @description A work order was delivered. */
        WorkOrderCompleted: {
            workOrderId: components["schemas"]["Id"];
            product: components["schemas"]["Product"];
            customer: components["schemas"]["PartyId"];
            provider: components["schemas"]["PartyId"];
            status: components["schemas"]["WorkOrderStatus"];
            scheduledFor: components["schemas"]["DeliveryTime"];
            deliveryId?: components["schemas"]["Id"];
        };
        /** @description The envelope of `delivery.rated`. */
        DeliveryRatedEvent: {
            specversion: components["schemas"]["SpecVersion"];
            id: components["schemas"]["EventId"];
            source: components["schemas"]["Source"];
            /**
             * @description The kind of event and its version.
             * @constant
             */
            type: "campus.harbour.delivery.rated.v1";
            subject: components["schemas"]["Subject"];
            time: components["schemas"]["Instant"];
            datacontenttype: components["schemas"]["DataContentType"];
            data: components["schemas"]["DeliveryRated"];
        };
        /** @description A delivery was rated and booked. */
        DeliveryRated: {
            deliveryId: components["schemas"]["Id"];
            product: components["schemas"]["Product"];
            customer: components["schemas"]["PartyId"];
            provider?: components["schemas"]["PartyId"];
            parent?: components["schemas"]["Id"];
            status: components["schemas"]["DeliveryStatus"];
            startedAt?: components["schemas"]["DeliveryTime"];
            fingerprint?: components["schemas"]["Fingerprint"];
        };
        /** @description The envelope of `delivery.corrected`. */
        DeliveryCorrectedEvent: {
            specversion: components["schemas"]["SpecVersion"];
            id: components["schemas"]["EventId"];
            source: components["schemas"]["Source"];
            /**
             * @description The kind of event and its version.
             * @constant
             */
            type: "campus.harbour.delivery.corrected.v1";
            subject: components["schemas"]["Subject"];
            time: components["schemas"]["Instant"];
            datacontenttype: components["schemas"]["DataContentType"];
            data: components["schemas"]["DeliveryCorrected"];
        };
        /** @description A delivery was corrected. */
        DeliveryCorrected: {
            deliveryId: components["schemas"]["Id"];
            product: components["schemas"]["Product"];
            customer: components["schemas"]["PartyId"];
            provider?: components["schemas"]["PartyId"];
            parent?: components["schemas"]["Id"];
            status: components["schemas"]["DeliveryStatus"];
            startedAt?: components["schemas"]["DeliveryTime"];
            fingerprint?: components["schemas"]["Fingerprint"];
            reason?: components["schemas"]["Text"];
        };
        /** @description The envelope of `delivery.cancelled`. */
        DeliveryCancelledEvent: {
            specversion: components["schemas"]["SpecVersion"];
            id: components["schemas"]["EventId"];
            source: components["schemas"]["Source"];
            /**
             * @description The kind of event and its version.
             * @constant
             */
            type: "campus.harbour.delivery.cancelled.v1";
            subject: components["schemas"]["Subject"];
            time: components["schemas"]["Instant"];
            datacontenttype: components["schemas"]["DataContentType"];
            data: components["schemas"]["DeliveryCancelled"];
        };
        /** @description A delivery was cancelled. */
        DeliveryCancelled: {
            deliveryId: components["schemas"]["Id"];
            product: components["schemas"]["Product"];
            customer: components["schemas"]["PartyId"];
            provider?: components["schemas"]["PartyId"];
            parent?: components["schemas"]["Id"];
            status: components["schemas"]["DeliveryStatus"];
            startedAt?: components["schemas"]["DeliveryTime"];
            fingerprint?: components["schemas"]["Fingerprint"];
            reason?: components["schemas"]["Text"];
        };
        /** @description The envelope of `service-level.breached`. */
        ServiceLevelBreachedEvent: {
            specversion: components["schemas"]["SpecVersion"];
            id: components["schemas"]["EventId"];
            source: components["schemas"]["Source"];
            /**
             * @description The kind of event and its version.
             * @constant
             */
            type: "campus.harbour.service-level.breached.v1";
            subject: components["schemas"]["Subject"];
            time: components["schemas"]["Instant"];
            datacontenttype: components["schemas"]["DataContentType"];
            data: components["schemas"]["ServiceLevelBreached"];
        };
        /** @description A delivery missed its service level. */
        ServiceLevelBreached: {
            deliveryId: components["schemas"]["Id"];
            product: components["schemas"]["Product"];
            customer: components["schemas"]["PartyId"];
            provider?: components["schemas"]["PartyId"];
            measure: components["schemas"]["Measure"];
            target?: components["schemas"]["Decimal"];
            actual?: components["schemas"]["Decimal"];
        };
        /** @description The envelope of `dispute.opened`. */
        DisputeOpenedEvent: {
            specversion: components["schemas"]["SpecVersion"];
            id: components["schemas"]["EventId"];
            source: components["schemas"]["Source"];
            /**
             * @description The kind of event and its version.
             * @constant
             */
            type: "campus.harbour.dispute.opened.v1";
            subject: components["schemas"]["Subject"];
            time: components["schemas"]["Instant"];
            datacontenttype: components["schemas"]["DataContentType"];
            data: components["schemas"]["DisputeOpened"];
        };
        /** @description A party disputes a delivery. */
        DisputeOpened: {
            disputeId: components["schemas"]["Id"];
            deliveryId: components["schemas"]["Id"];
            openedBy: components["schemas"]["PartyId"];
            status?: components["schemas"]["DisputeStatus"];
            reason?: components["schemas"]["Text"];
            dueAt?: components["schemas"]["Instant"];
        };
        /** @description The envelope of `dispute.resolved`. */
        DisputeResolvedEvent: {
            specversion: components["schemas"]["SpecVersion"];
            id: components["schemas"]["EventId"];
            source: components["schemas"]["Source"];
            /**
             * @description The kind of event and its version.
             * @constant
             */
            type: "campus.harbour.dispute.resolved.v1";
            subject: components["schemas"]["Subject"];
            time: components["schemas"]["Instant"];
            datacontenttype: components["schemas"]["DataContentType"];
            data: components["schemas"]["DisputeResolved"];
        };
        /** @description A dispute is decided. */
        DisputeResolved: {
            disputeId: components["schemas"]["Id"];
            deliveryId: components["schemas"]["Id"];
            openedBy?: components["schemas"]["PartyId"];
            status?: components["schemas"]["DisputeStatus"];
            outcome: components["schemas"]["DisputeOutcome"];
            reason?: components["schemas"]["Text"];
            dueAt?: components["schemas"]["Instant"];
        };
        /** @description The envelope of `incident.opened`. */
        IncidentOpenedEvent: {
            specversion: components["schemas"]["SpecVersion"];
            id: components["schemas"]["EventId"];
            source: components["schemas"]["Source"];
            /**
             * @description The kind of event and its version.
             * @constant
             */
            type: "campus.harbour.incident.opened.v1";
            subject: components["schemas"]["Subject"];
            time: components["schemas"]["Instant"];
            datacontenttype: components["schemas"]["DataContentType"];
            data: components["schemas"]["IncidentOpened"];
        };
        /** @description A party reports what goes wrong for others too. */
        IncidentOpened: {
            incidentId: components["schemas"]["Id"];
            title: components["schemas"]["IncidentTitle"];
            severity: components["schemas"]["IncidentSeverity"];
            status: components["schemas"]["IncidentStatus"];
            reportedBy?: components["schemas"]["PartyId"];
            owner: components["schemas"]["PartyId"];
            /** @description Products that are affected. */
            products?: components["schemas"]["Product"][];
            /** @description Parties whose services are affected. */
            parties?: components["schemas"]["PartyId"][];
            since: components["schemas"]["Instant"];
            until?: components["schemas"]["Instant"];
            acknowledgeBy?: components["schemas"]["Instant"];
            resolveBy?: components["schemas"]["Instant"];
            cause?: components["schemas"]["IncidentCause"];
        };
        /** @description The envelope of `incident.acknowledged`. */
        IncidentAcknowledgedEvent: {
            specversion: components["schemas"]["SpecVersion"];
            id: components["schemas"]["EventId"];
            source: components["schemas"]["Source"];
            /**
             * @description The kind of event and its version.
             * @constant
             */
            type: "campus.harbour.incident.acknowledged.v1";
            subject: components["schemas"]["Subject"];
            time: components["schemas"]["Instant"];
            datacontenttype: components["schemas"]["DataContentType"];
            data: components["schemas"]["IncidentAcknowledged"];
        };
        /** @description Its owner takes an incident on. */
        IncidentAcknowledged: {
            incidentId: components["schemas"]["Id"];
            title: components["schemas"]["IncidentTitle"];
            severity: components["schemas"]["IncidentSeverity"];
            status: components["schemas"]["IncidentStatus"];
            reportedBy?: components["schemas"]["PartyId"];
            owner: components["schemas"]["PartyId"];
            /** @description Products that are affected. */
            products?: components["schemas"]["Product"][];
            /** @description Parties whose services are affected. */
            parties?: components["schemas"]["PartyId"][];
            since: components["schemas"]["Instant"];
            until?: components["schemas"]["Instant"];
            acknowledgeBy?: components["schemas"]["Instant"];
            resolveBy?: components["schemas"]["Instant"];
            cause?: components["schemas"]["IncidentCause"];
        };
        /** @description The envelope of `incident.updated`. */
        IncidentUpdatedEvent: {
            specversion: components["schemas"]["SpecVersion"];
            id: components["schemas"]["EventId"];
            source: components["schemas"]["Source"];
            /**
             * @description The kind of event and its version.
             * @constant
             */
            type: "campus.harbour.incident.updated.v1";
            subject: components["schemas"]["Subject"];
            time: components["schemas"]["Instant"];
            datacontenttype: components["schemas"]["DataContentType"];
            data: components["schemas"]["IncidentUpdated"];
        };
        /** @description More is known about an incident. */
        IncidentUpdated: {
            incidentId: components["schemas"]["Id"];
            title: components["schemas"]["IncidentTitle"];
            severity: components["schemas"]["IncidentSeverity"];
            status: components["schemas"]["IncidentStatus"];
            reportedBy?: components["schemas"]["PartyId"];
            owner: components["schemas"]["PartyId"];
            /** @description Products that are affected. */
            products?: components["schemas"]["Product"][];
            /** @description Parties whose services are affected. */
            parties?: components["schemas"]["PartyId"][];
            since: components["schemas"]["Instant"];
            until?: components["schemas"]["Instant"];
            acknowledgeBy?: components["schemas"]["Instant"];
            resolveBy?: components["schemas"]["Instant"];
            cause?: components["schemas"]["IncidentCause"];
            note: components["schemas"]["Text"];
        };
        /** @description The envelope of `incident.handed-over`. */
        IncidentHandedOverEvent: {
            specversion: components["schemas"]["SpecVersion"];
            id: components["schemas"]["EventId"];
            source: components["schemas"]["Source"];
            /**
             * @description The kind of event and its version.
             * @constant
             */
            type: "campus.harbour.incident.handed-over.v1";
            subject: components["schemas"]["Subject"];
            time: components["schemas"]["Instant"];
            datacontenttype: components["schemas"]["DataContentType"];
            data: components["schemas"]["IncidentHandedOver"];
        };
        /** @description An incident belongs to another party now. */
        IncidentHandedOver: {
            incidentId: components["schemas"]["Id"];
            title: components["schemas"]["IncidentTitle"];
            severity: components["schemas"]["IncidentSeverity"];
            status: components["schemas"]["IncidentStatus"];
            reportedBy?: components["schemas"]["PartyId"];
            owner: components["schemas"]["PartyId"];
            /** @description Products that are affected. */
            products?: components["schemas"]["Product"][];
            /** @description Parties whose services are affected. */
            parties?: components["schemas"]["PartyId"][];
            since: components["schemas"]["Instant"];
            until?: components["schemas"]["Instant"];
            acknowledgeBy?: components["schemas"]["Instant"];
            resolveBy?: components["schemas"]["Instant"];
            cause?: components["schemas"]["IncidentCause"];
        };
        /** @description The envelope of `incident.overdue`. */
        IncidentOverdueEvent: {
            specversion: components["schemas"]["SpecVersion"];
            id: components["schemas"]["EventId"];
            source: components["schemas"]["Source"];
            /**
             * @description The kind of event and its version.
             * @constant
             */
            type: "campus.harbour.incident.overdue.v1";
            subject: components["schemas"]["Subject"];
            time: components["schemas"]["Instant"];
            datacontenttype: components["schemas"]["DataContentType"];
            data: components["schemas"]["IncidentOverdue"];
        };
        /** @description A deadline of an incident is over. */
        IncidentOverdue: {
            incidentId: components["schemas"]["Id"];
            title: components["schemas"]["IncidentTitle"];
            severity: components["schemas"]["IncidentSeverity"];
            status: components["schemas"]["IncidentStatus"];
            reportedBy?: components["schemas"]["PartyId"];
            owner: components["schemas"]["PartyId"];
            /** @description Products that are affected. */
            products?: components["schemas"]["Product"][];
            /** @description Parties whose services are affected. */
            parties?: components["schemas"]["PartyId"][];
            since: components["schemas"]["Instant"];
            until?: components["schemas"]["Instant"];
            acknowledgeBy?: components["schemas"]["Instant"];
            resolveBy?: components["schemas"]["Instant"];
            cause?: components["schemas"]["IncidentCause"];
            /**
             * @description Which deadline.
             * @enum {string}
             */
            deadline: "acknowledge" | "resolve" | "review";
        };
        /** @description The envelope of `incident.resolved`. */
        IncidentResolvedEvent: {
            specversion: components["schemas"]["SpecVersion"];
            id: components["schemas"]["EventId"];
            source: components["schemas"]["Source"];
            /**
             * @description The kind of event and its version.
             * @constant
             */
            type: "campus.harbour.incident.resolved.v1";
            subject: components["schemas"]["Subject"];
            time: components["schemas"]["Instant"];
            datacontenttype: components["schemas"]["DataContentType"];
            data: components["schemas"]["IncidentResolved"];
        };
        /** @description An incident is over. */
        IncidentResolved: {
            incidentId: components["schemas"]["Id"];
            title: components["schemas"]["IncidentTitle"];
            severity: components["schemas"]["IncidentSeverity"];
            status: components["schemas"]["IncidentStatus"];
            reportedBy?: components["schemas"]["PartyId"];
            owner: components["schemas"]["PartyId"];
            /** @description Products that are affected. */
            products?: components["schemas"]["Product"][];
            /** @description Parties whose services are affected. */
            parties?: components["schemas"]["PartyId"][];
            since: components["schemas"]["Instant"];
            until: components["schemas"]["Instant"];
            acknowledgeBy?: components["schemas"]["Instant"];
            resolveBy?: components["schemas"]["Instant"];
            cause: components["schemas"]["IncidentCause"];
        };
        /** @description The envelope of `incident.reviewed`. */
        IncidentReviewedEvent: {
            specversion: components["schemas"]["SpecVersion"];
            id: components["schemas"]["EventId"];
            source: components["schemas"]["Source"];
            /**
             * @description The kind of event and its version.
             * @constant
             */
            type: "campus.harbour.incident.reviewed.v1";
            subject: components["schemas"]["Subject"];
            time: components["schemas"]["Instant"];
            datacontenttype: components["schemas"]["DataContentType"];
            data: components["schemas"]["IncidentReviewed"];
        };
        /** @description What was learnt from an incident can be read. */
        IncidentReviewed: {
            incidentId: components["schemas"]["Id"];
            title: components["schemas"]["IncidentTitle"];
            severity: components["schemas"]["IncidentSeverity"];
            status: components["schemas"]["IncidentStatus"];
            reportedBy?: components["schemas"]["PartyId"];
            owner: components["schemas"]["PartyId"];
            /** @description Products that are affected. */
            products?: components["schemas"]["Product"][];
            /** @description Parties whose services are affected. */
            parties?: components["schemas"]["PartyId"][];
            since: components["schemas"]["Instant"];
            until?: components["schemas"]["Instant"];
            acknowledgeBy?: components["schemas"]["Instant"];
            resolveBy?: components["schemas"]["Instant"];
            cause?: components["schemas"]["IncidentCause"];
        };
        /** @description The envelope of `feedback.given`. */
        FeedbackGivenEvent: {
            specversion: components["schemas"]["SpecVersion"];
            id: components["schemas"]["EventId"];
            source: components["schemas"]["Source"];
            /**
             * @description The kind of event and its version.
             * @constant
             */
            type: "campus.harbour.feedback.given.v1";
            subject: components["schemas"]["Subject"];
            time: components["schemas"]["Instant"];
            datacontenttype: components["schemas"]["DataContentType"];
            data: components["schemas"]["FeedbackGiven"];
        };
        /** @description A customer says how good a delivery or the handling of a case was. */
        FeedbackGiven: {
            feedbackId: components["schemas"]["Id"];
            deliveryId?: components["schemas"]["Id"];
            caseId?: components["schemas"]["Id"];
            product?: components["schemas"]["Product"];
            customer: components["schemas"]["PartyId"];
            givenBy: components["schemas"]["FeedbackGiver"];
            score?: components["schemas"]["FeedbackScore"];
            status: components["schemas"]["FeedbackStatus"];
        };
        /** @description The envelope of `feedback.changed`. */
        FeedbackChangedEvent: {
            specversion: components["schemas"]["SpecVersion"];
            id: components["schemas"]["EventId"];
            source: components["schemas"]["Source"];
            /**
             * @description The kind of event and its version.
             * @constant
             */
            type: "campus.harbour.feedback.changed.v1";
            subject: components["schemas"]["Subject"];
            time: components["schemas"]["Instant"];
            datacontenttype: components["schemas"]["DataContentType"];
            data: components["schemas"]["FeedbackChanged"];
        };
        /** @description A customer changes what it said. */
        FeedbackChanged: {
            feedbackId: components["schemas"]["Id"];
            deliveryId?: components["schemas"]["Id"];
            caseId?: components["schemas"]["Id"];
            product?: components["schemas"]["Product"];
            customer: components["schemas"]["PartyId"];
            givenBy: components["schemas"]["FeedbackGiver"];
            score?: components["schemas"]["FeedbackScore"];
            status: components["schemas"]["FeedbackStatus"];
        };
        /** @description The envelope of `feedback.withdrawn`. */
        FeedbackWithdrawnEvent: {
            specversion: components["schemas"]["SpecVersion"];
            id: components["schemas"]["EventId"];
            source: components["schemas"]["Source"];
            /**
             * @description The kind of event and its version.
             * @constant
             */
            type: "campus.harbour.feedback.withdrawn.v1";
            subject: components["schemas"]["Subject"];
            time: components["schemas"]["Instant"];
            datacontenttype: components["schemas"]["DataContentType"];
            data: components["schemas"]["FeedbackWithdrawn"];
        };
        /** @description A customer takes its word back. */
        FeedbackWithdrawn: {
            feedbackId: components["schemas"]["Id"];
            deliveryId?: components["schemas"]["Id"];
            caseId?: components["schemas"]["Id"];
            product?: components["schemas"]["Product"];
            customer: components["schemas"]["PartyId"];
            givenBy: components["schemas"]["FeedbackGiver"];
            status: components["schemas"]["FeedbackStatus"];
        };
        /** @description The envelope of `change.proposed`. */
        ChangeProposedEvent: {
            specversion: components["schemas"]["SpecVersion"];
            id: components["schemas"]["EventId"];
            source: components["schemas"]["Source"];
            /**
             * @description The kind of event and its version.
             * @constant
             */
            type: "campus.harbour.change.proposed.v1";
            subject: components["schemas"]["Subject"];
            time: components["schemas"]["Instant"];
            datacontenttype: components["schemas"]["DataContentType"];
            data: components["schemas"]["ChangeProposed"];
        };
        /** @description A change of the specs is proposed that affects you. */
        ChangeProposed: {
            changeId: components["schemas"]["Id"];
            title: components["schemas"]["Text"];
            status: components["schemas"]["ChangeStatus"];
            level: components["schemas"]["ChangeLevel"];
            effectiveAt: components["schemas"]["Instant"];
            objectionsUntil?: components["schemas"]["Instant"];
            reason?: components["schemas"]["Text"];
        };
        /** @description The envelope of `change.objected`. */
        ChangeObjectedEvent: {
            specversion: components["schemas"]["SpecVersion"];
            id: components["schemas"]["EventId"];
            source: components["schemas"]["Source"];
            /**
             * @description The kind of event and its version.
             * @constant
             */
            type: "campus.harbour.change.objected.v1";
            subject: components["schemas"]["Subject"];
            time: components["schemas"]["Instant"];
            datacontenttype: components["schemas"]["DataContentType"];
            data: components["schemas"]["ChangeObjected"];
        };
        /** @description A party objects to a proposed change. */
        ChangeObjected: {
            changeId: components["schemas"]["Id"];
            title: components["schemas"]["Text"];
            status: components["schemas"]["ChangeStatus"];
            level: components["schemas"]["ChangeLevel"];
            effectiveAt: components["schemas"]["Instant"];
            objectionsUntil?: components["schemas"]["Instant"];
            reason: components["schemas"]["Text"];
            objectionId: components["schemas"]["Id"];
            objectedBy: components["schemas"]["PartyId"];
        };
        /** @description The envelope of `change.decided`. */
        ChangeDecidedEvent: {
            specversion: components["schemas"]["SpecVersion"];
            id: components["schemas"]["EventId"];
            source: components["schemas"]["Source"];
            /**
             * @description The kind of event and its version.
             * @constant
             */
            type: "campus.harbour.change.decided.v1";
            subject: components["schemas"]["Subject"];
            time: components["schemas"]["Instant"];
            datacontenttype: components["schemas"]["DataContentType"];
            data: components["schemas"]["ChangeDecided"];
        };
        /** @description A proposed change is announced, or rejected. */
        ChangeDecided: {
            changeId: components["schemas"]["Id"];
            title: components["schemas"]["Text"];
            status: components["schemas"]["ChangeStatus"];
            level: components["schemas"]["ChangeLevel"];
            effectiveAt: components["schemas"]["Instant"];
            objectionsUntil?: components["schemas"]["Instant"];
            reason?: components["schemas"]["Text"];
        };
        /** @description The envelope of `change.withdrawn`. */
        ChangeWithdrawnEvent: {
            specversion: components["schemas"]["SpecVersion"];
            id: components["schemas"]["EventId"];
            source: components["schemas"]["Source"];
            /**
             * @description The kind of event and its version.
             * @constant
             */
            type: "campus.harbour.change.withdrawn.v1";
            subject: components["schemas"]["Subject"];
            time: components["schemas"]["Instant"];
            datacontenttype: components["schemas"]["DataContentType"];
            data: components["schemas"]["ChangeWithdrawn"];
        };
        /** @description A change is taken back. */
        ChangeWithdrawn: {
            changeId: components["schemas"]["Id"];
            title: components["schemas"]["Text"];
            status: components["schemas"]["ChangeStatus"];
            level: components["schemas"]["ChangeLevel"];
            effectiveAt: components["schemas"]["Instant"];
            objectionsUntil?: components["schemas"]["Instant"];
            reason?: components["schemas"]["Text"];
        };
        /** @description The envelope of `change.in-effect`. */
        ChangeInEffectEvent: {
            specversion: components["schemas"]["SpecVersion"];
            id: components["schemas"]["EventId"];
            source: components["schemas"]["Source"];
            /**
             * @description The kind of event and its version.
             * @constant
             */
            type: "campus.harbour.change.in-effect.v1";
            subject: components["schemas"]["Subject"];
            time: components["schemas"]["Instant"];
            datacontenttype: components["schemas"]["DataContentType"];
            data: components["schemas"]["ChangeInEffect"];
        };
        /** @description An announced change holds from now on. */
        ChangeInEffect: {
            changeId: components["schemas"]["Id"];
            title: components["schemas"]["Text"];
            status: components["schemas"]["ChangeStatus"];
            level: components["schemas"]["ChangeLevel"];
            effectiveAt: components["schemas"]["Instant"];
            objectionsUntil?: components["schemas"]["Instant"];
            reason?: components["schemas"]["Text"];
        };
        /** @description The envelope of `settlement.closed`. */
        SettlementClosedEvent: {
            specversion: components["schemas"]["SpecVersion"];
            id: components["schemas"]["EventId"];
            source: components["schemas"]["Source"];
            /**
             * @description The kind of event and its version.
             * @constant
             */
            type: "campus.harbour.settlement.closed.v1";
            subject: components["schemas"]["Subject"];
            time: components["schemas"]["Instant"];
            datacontenttype: components["schemas"]["DataContentType"];
            data: components["schemas"]["SettlementClosed"];
        };
        /** @description A period is closed. */
        SettlementClosed: {
            settlementId: components["schemas"]["Id"];
            period: components["schemas"]["Period"];
            status?: components["schemas"]["SettlementStatus"];
            closedAt?: components["schemas"]["Instant"];
        };
        /** @description The envelope of `statement.issued`. */
        StatementIssuedEvent: {
            specversion: components["schemas"]["SpecVersion"];
            id: components["schemas"]["EventId"];
            source: components["schemas"]["Source"];
            /**
             * @description The kind of event and its version.
             * @constant
             */
            type: "campus.harbour.statement.issued.v1";
            subject: components["schemas"]["Subject"];
            time: components["schemas"]["Instant"];
            datacontenttype: components["schemas"]["DataContentType"];
            data: components["schemas"]["StatementIssued"];
        };
        /** @description A statement was issued. */
        StatementIssued: {
            statementId: components["schemas"]["Id"];
            number: components["schemas"]["StatementNumber"];
            party: components["schemas"]["PartyId"];
            period: components["schemas"]["Period"];
            settlementId?: components["schemas"]["Id"];
        };
        /** @description The envelope of `certification.submitted`. */
        CertificationSubmittedEvent: {
            specversion: components["schemas"]["SpecVersion"];
            id: components["schemas"]["EventId"];
            source: components["schemas"]["Source"];
            /**
             * @description The kind of event and its version.
             * @constant
             */
            type: "campus.harbour.certification.submitted.v1";
            subject: components["schemas"]["Subject"];
            time: components["schemas"]["Instant"];
            datacontenttype: components["schemas"]["DataContentType"];
            data: components["schemas"]["CertificationSubmitted"];
        };
        /** @description A party asks to be certified. */
        CertificationSubmitted: {
            certificationId: components["schemas"]["Id"];
            party: components["schemas"]["PartyId"];
            level: components["schemas"]["CertificationLevel"];
            status?: components["schemas"]["CertificationStatus"];
        };
        /** @description The envelope of `certification.issued`. */
        CertificationIssuedEvent: {
            specversion: components["schemas"]["SpecVersion"];
            id: components["schemas"]["EventId"];
            source: components["schemas"]["Source"];
            /**
             * @description The kind of event and its version.
             * @constant
             */
            type: "campus.harbour.certification.issued.v1";
            subject: components["schemas"]["Subject"];
            time: components["schemas"]["Instant"];
            datacontenttype: components["schemas"]["DataContentType"];
            data: components["schemas"]["CertificationIssued"];
        };
        /** @description A certificate was issued. */
        CertificationIssued: {
            certificationId: components["schemas"]["Id"];
            party: components["schemas"]["PartyId"];
            level: components["schemas"]["CertificationLevel"];
            status?: components["schemas"]["CertificationStatus"];
            expiresAt?: components["schemas"]["Instant"];
        };
        /** @description The envelope of `certification.refused`. */
        CertificationRefusedEvent: {
            specversion: components["schemas"]["SpecVersion"];
            id: components["schemas"]["EventId"];
            source: components["schemas"]["Source"];
            /**
             * @description The kind of event and its version.
             * @constant
             */
            type: "campus.harbour.certification.refused.v1";
            subject: components["schemas"]["Subject"];
            time: components["schemas"]["Instant"];
            datacontenttype: components["schemas"]["DataContentType"];
            data: components["schemas"]["CertificationRefused"];
        };
        /** @description A certification was refused. */
        CertificationRefused: {
            certificationId: components["schemas"]["Id"];
            party: components["schemas"]["PartyId"];
            level: components["schemas"]["CertificationLevel"];
            status: components["schemas"]["CertificationStatus"];
            /** @description Why. */
            reason: string;
            expiresAt?: components["schemas"]["Instant"];
        };
        /** @description The envelope of `certification.waiver-requested`. */
        CertificationWaiverRequestedEvent: {
            specversion: components["schemas"]["SpecVersion"];
            id: components["schemas"]["EventId"];
            source: components["schemas"]["Source"];
            /**
             * @description The kind of event and its version.
             * @constant
             */
            type: "campus.harbour.certification.waiver-requested.v1";
            subject: components["schemas"]["Subject"];
            time: components["schemas"]["Instant"];
            datacontenttype: components["schemas"]["DataContentType"];
            data: components["schemas"]["CertificationWaiverRequested"];
        };
        /** @description A partner asks that a check need not hold for a while. */
        CertificationWaiverRequested: {
            certificationId: components["schemas"]["Id"];
            party: components["schemas"]["PartyId"];
            level: components["schemas"]["CertificationLevel"];
            status: components["schemas"]["CertificationStatus"];
            /** @description The check, by its id. */
            check: string;
            until: components["schemas"]["Instant"];
            expiresAt?: components["schemas"]["Instant"];
        };
        /** @description The envelope of `certification.suspended`. */
        CertificationSuspendedEvent: {
            specversion: components["schemas"]["SpecVersion"];
            id: components["schemas"]["EventId"];
            source: components["schemas"]["Source"];
            /**
             * @description The kind of event and its version.
             * @constant
             */
            type: "campus.harbour.certification.suspended.v1";
            subject: components["schemas"]["Subject"];
            time: components["schemas"]["Instant"];
            datacontenttype: components["schemas"]["DataContentType"];
            data: components["schemas"]["CertificationSuspended"];
        };
        /** @description A certificate does not count for now. */
        CertificationSuspended: {
            certificationId: components["schemas"]["Id"];
            party: components["schemas"]["PartyId"];
            level: components["schemas"]["CertificationLevel"];
            status: components["schemas"]["CertificationStatus"];
            /** @description Why. */
            reason: string;
            expiresAt?: components["schemas"]["Instant"];
        };
        /** @description The envelope of `certification.reinstated`. */
        CertificationReinstatedEvent: {
            specversion: components["schemas"]["SpecVersion"];
            id: components["schemas"]["EventId"];
            source: components["schemas"]["Source"];
            /**
             * @description The kind of event and its version.
             * @constant
             */
            type: "campus.harbour.certification.reinstated.v1";
            subject: components["schemas"]["Subject"];
            time: components["schemas"]["Instant"];
            datacontenttype: components["schemas"]["DataContentType"];
            data: components["schemas"]["CertificationReinstated"];
        };
        /** @description A suspended certificate counts again. */
        CertificationReinstated: {
            certificationId: components["schemas"]["Id"];
            party: components["schemas"]["PartyId"];
            level: components["schemas"]["CertificationLevel"];
            status: components["schemas"]["CertificationStatus"];
            /** @description Why. */
            reason: string;
            expiresAt?: components["schemas"]["Instant"];
        };
        /** @description The envelope of `certification.revoked`. */
        CertificationRevokedEvent: {
            specversion: components["schemas"]["SpecVersion"];
            id: components["schemas"]["EventId"];
            source: components["schemas"]["Source"];
            /**
             * @description The kind of event and its version.
             * @constant
             */
            type: "campus.harbour.certification.revoked.v1";
            subject: components["schemas"]["Subject"];
            time: components["schemas"]["Instant"];
            datacontenttype: components["schemas"]["DataContentType"];
            data: components["schemas"]["CertificationRevoked"];
        };
        /** @description A certificate does not count any more. */
        CertificationRevoked: {
            certificationId: components["schemas"]["Id"];
            party: components["schemas"]["PartyId"];
            level: components["schemas"]["CertificationLevel"];
            status: components["schemas"]["CertificationStatus"];
            /** @description Why. */
            reason: string;
            expiresAt?: components["schemas"]["Instant"];
        };
        /** @description The envelope of `certification.lapsed`. */
        CertificationLapsedEvent: {
            specversion: components["schemas"]["SpecVersion"];
            id: components["schemas"]["EventId"];
            source: components["schemas"]["Source"];
            /**
             * @description The kind of event and its version.
             * @constant
             */
            type: "campus.harbour.certification.lapsed.v1";
            subject: components["schemas"]["Subject"];
            time: components["schemas"]["Instant"];
            datacontenttype: components["schemas"]["DataContentType"];
            data: components["schemas"]["CertificationLapsed"];
        };
        /** @description A certificate has come to its end. */
        CertificationLapsed: {
            certificationId: components["schemas"]["Id"];
            party: components["schemas"]["PartyId"];
            level: components["schemas"]["CertificationLevel"];
            status: components["schemas"]["CertificationStatus"];
            /** @description Why. */
            reason: string;
            expiresAt?: components["schemas"]["Instant"];
        };
        /** @description The envelope of `certification.at-risk`. */
        CertificationAtRiskEvent: {
            specversion: components["schemas"]["SpecVersion"];
            id: components["schemas"]["EventId"];
            source: components["schemas"]["Source"];
            /**
             * @description The kind of event and its version.
             * @constant
             */
            type: "campus.harbour.certification.at-risk.v1";
            subject: components["schemas"]["Subject"];
            time: components["schemas"]["Instant"];
            datacontenttype: components["schemas"]["DataContentType"];
            data: components["schemas"]["CertificationAtRisk"];
        };
        /** @description Measured behaviour is below what the level asks for. */
        CertificationAtRisk: {
            certificationId: components["schemas"]["Id"];
            party: components["schemas"]["PartyId"];
            level: components["schemas"]["CertificationLevel"];
            status: components["schemas"]["CertificationStatus"];
            /** @description Which metric. */
            metric: string;
            /** @description What was measured. */
            value: number;
            until: components["schemas"]["Instant"];
            expiresAt?: components["schemas"]["Instant"];
        };
        /** @description The envelope of `certification.recovered`. */
        CertificationRecoveredEvent: {
            specversion: components["schemas"]["SpecVersion"];
            id: components["schemas"]["EventId"];
            source: components["schemas"]["Source"];
            /**
             * @description The kind of event and its version.
             * @constant
             */
            type: "campus.harbour.certification.recovered.v1";
            subject: components["schemas"]["Subject"];
            time: components["schemas"]["Instant"];
            datacontenttype: components["schemas"]["DataContentType"];
            data: components["schemas"]["CertificationRecovered"];
        };
        /** @description Measured behaviour is above what the level asks for again. */
        CertificationRecovered: {
            certificationId: components["schemas"]["Id"];
            party: components["schemas"]["PartyId"];
            level: components["schemas"]["CertificationLevel"];
            status: components["schemas"]["CertificationStatus"];
            /** @description Which metric. */
            metric: string;
            expiresAt?: components["schemas"]["Instant"];
        };
        /** @description The envelope of `webhook.verification`. */
        WebhookVerificationEvent: {
            specversion: components["schemas"]["SpecVersion"];
            id: components["schemas"]["EventId"];
            source: components["schemas"]["Source"];
            /**
             * @description The kind of event and its version.
             * @constant
             */
            type: "campus.harbour.webhook.verification.v1";
            subject: components["schemas"]["Subject"];
            time: components["schemas"]["Instant"];
            datacontenttype: components["schemas"]["DataContentType"];
            data: components["schemas"]["WebhookVerification"];
        };
        /** @description Prove that this endpoint is yours. */
        WebhookVerification: {
            endpointId: components["schemas"]["Id"];
            challenge: components["schemas"]["Challenge"];
        };
        /** @description What the endpoint answers. */
        ChallengeReply: {
            challenge: components["schemas"]["Challenge"];
        };
        /** @description The envelope of a request for erasure. */
        ErasureRequestedEvent: {
            specversion: components["schemas"]["SpecVersion"];
            id: components["schemas"]["EventId"];
            source: components["schemas"]["Source"];
            /**
             * @description The kind of event and its version.
             * @constant
             */
            type: "campus.harbour.data.erasure-requested.v1";
            subject: components["schemas"]["Subject"];
            time: components["schemas"]["Instant"];
            datacontenttype: components["schemas"]["DataContentType"];
            data: components["schemas"]["ErasureRequest"];
        };
        /** @description Whose data, and until when. */
        ErasureRequest: {
            dataSubject: components["schemas"]["Id"];
            dueAt: components["schemas"]["Instant"];
        };
        /** @description What becomes of the request. */
        ErasureReply: {
            dataSubject: components["schemas"]["Id"];
            /**
             * @description Done, to be done, or not to be done.
             * @enum {string}
             */
            erasure: "erased" | "scheduled" | "retained";
            by?: components["schemas"]["Instant"];
            /** @description Why it is retained. */
            reason?: string;
        };
        /**
         * @description The version of CloudEvents.
         * @constant
         */
        SpecVersion: "1.0";
        /** @description The event's id, the same on every retry and replay. */
        EventId: string;
        /**
         * Format: uri-reference
         * @description The ecosystem that sends it.
         */
        Source: string;
        /** @description The id of what it is about. */
        Subject: string;
        /**
         * @description The type of `data`.
         * @constant
         */
        DataContentType: "application/json";
        /** @description An identifier as in the partner API. */
        Id: string;
        /** @description A company's id. */
        PartyId: string;
        /** @description The company's name. */
        Name: string;
        /**
         * @description Its role.
         * @enum {string}
         */
        Role: "orchestrator" | "complementor" | "broker" | "supplier" | "regulator" | "customer";
        /**
         * @description Where it stands.
         * @enum {string}
         */
        PartyStatus: "stand-in" | "applied" | "active" | "exiting" | "exited";
        /** @description Words for people. */
        Text: string;
        /**
         * Format: date-time
         * @description A moment of the platform's clock, RFC 3339.
         */
        Instant: string;
        /** @description RFC 3339, or a local time in the zone of the rate card. */
        DeliveryTime: string;
        /** @description The version of a document. */
        Version: string;
        /** @description The digest of a document. */
        Digest: string;
        /** @description What the member wants. */
        Intent: string;
        /**
         * @description How far the case is.
         * @enum {string}
         */
        CaseStatus: "open" | "routed" | "resolved";
        /** @description Whether first contact was enough. */
        FirstContact: boolean;
        /** @description What is delivered. */
        Product: string;
        /**
         * @description How far the order is.
         * @enum {string}
         */
        WorkOrderStatus: "offered" | "accepted" | "rescheduled" | "declined" | "cancelled" | "in-progress" | "completed" | "unfulfilled";
        /**
         * @description Whether the provider said no or said nothing.
         * @enum {string}
         */
        DeclineOutcome: "declined" | "silent";
        /**
         * @description Where the delivery is in its life.
         * @enum {string}
         */
        DeliveryStatus: "rated" | "corrected" | "cancelled" | "disputed" | "settled";
        /** @description Merkle root over the salted legs of the delivery's trace. */
        Fingerprint: string;
        /** @description The measure of the service level. */
        Measure: string;
        /** @description A quantity. A string is an exact decimal. */
        Decimal: string | number;
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
         * @description Whether it is decided.
         * @enum {string}
         */
        DisputeStatus: "open" | "resolved";
        /** @description What is wrong, in a few words. */
        IncidentTitle: string;
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
        /**
         * @description How it was decided.
         * @enum {string}
         */
        DisputeOutcome: "upheld" | "rejected" | "partly-upheld";
        /** @description A calendar month. */
        Period: string;
        /**
         * @description A settlement is final.
         * @constant
         */
        SettlementStatus: "closed";
        /** @description Gapless within the party. */
        StatementNumber: string;
        /**
         * @description How much is proved.
         * @enum {string}
         */
        CertificationLevel: "bronze" | "silver" | "gold";
        /**
         * @description Where it stands.
         * @enum {string}
         */
        CertificationStatus: "submitted" | "issued" | "refused" | "suspended" | "revoked" | "lapsed";
        /** @description Random text to be handed back. */
        Challenge: string;
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;

/** Payload of each message, by its CloudEvents type. */
export interface messages {
    "campus.harbour.party.registered.v1": components["schemas"]["PartyRegisteredEvent"];
    "campus.harbour.party.activated.v1": components["schemas"]["PartyActivatedEvent"];
    "campus.harbour.party.exited.v1": components["schemas"]["PartyExitedEvent"];
    "campus.harbour.agreement.accepted.v1": components["schemas"]["AgreementAcceptedEvent"];
    "campus.harbour.case.opened.v1": components["schemas"]["CaseOpenedEvent"];
    "campus.harbour.case.routed.v1": components["schemas"]["CaseRoutedEvent"];
    "campus.harbour.case.resolved.v1": components["schemas"]["CaseResolvedEvent"];
    "campus.harbour.work-order.offered.v1": components["schemas"]["WorkOrderOfferedEvent"];
    "campus.harbour.work-order.accepted.v1": components["schemas"]["WorkOrderAcceptedEvent"];
    "campus.harbour.work-order.declined.v1": components["schemas"]["WorkOrderDeclinedEvent"];
    "campus.harbour.work-order.reassigned.v1": components["schemas"]["WorkOrderReassignedEvent"];
    "campus.harbour.work-order.rescheduled.v1": components["schemas"]["WorkOrderRescheduledEvent"];
    "campus.harbour.work-order.cancelled.v1": components["schemas"]["WorkOrderCancelledEvent"];
    "campus.harbour.work-order.completed.v1": components["schemas"]["WorkOrderCompletedEvent"];
    "campus.harbour.delivery.rated.v1": components["schemas"]["DeliveryRatedEvent"];
    "campus.harbour.delivery.corrected.v1": components["schemas"]["DeliveryCorrectedEvent"];
    "campus.harbour.delivery.cancelled.v1": components["schemas"]["DeliveryCancelledEvent"];
    "campus.harbour.service-level.breached.v1": components["schemas"]["ServiceLevelBreachedEvent"];
    "campus.harbour.dispute.opened.v1": components["schemas"]["DisputeOpenedEvent"];
    "campus.harbour.dispute.resolved.v1": components["schemas"]["DisputeResolvedEvent"];
    "campus.harbour.incident.opened.v1": components["schemas"]["IncidentOpenedEvent"];
    "campus.harbour.incident.acknowledged.v1": components["schemas"]["IncidentAcknowledgedEvent"];
    "campus.harbour.incident.updated.v1": components["schemas"]["IncidentUpdatedEvent"];
    "campus.harbour.incident.handed-over.v1": components["schemas"]["IncidentHandedOverEvent"];
    "campus.harbour.incident.overdue.v1": components["schemas"]["IncidentOverdueEvent"];
    "campus.harbour.incident.resolved.v1": components["schemas"]["IncidentResolvedEvent"];
    "campus.harbour.incident.reviewed.v1": components["schemas"]["IncidentReviewedEvent"];
    "campus.harbour.feedback.given.v1": components["schemas"]["FeedbackGivenEvent"];
    "campus.harbour.feedback.changed.v1": components["schemas"]["FeedbackChangedEvent"];
    "campus.harbour.feedback.withdrawn.v1": components["schemas"]["FeedbackWithdrawnEvent"];
    "campus.harbour.change.proposed.v1": components["schemas"]["ChangeProposedEvent"];
    "campus.harbour.change.objected.v1": components["schemas"]["ChangeObjectedEvent"];
    "campus.harbour.change.decided.v1": components["schemas"]["ChangeDecidedEvent"];
    "campus.harbour.change.withdrawn.v1": components["schemas"]["ChangeWithdrawnEvent"];
    "campus.harbour.change.in-effect.v1": components["schemas"]["ChangeInEffectEvent"];
    "campus.harbour.settlement.closed.v1": components["schemas"]["SettlementClosedEvent"];
    "campus.harbour.statement.issued.v1": components["schemas"]["StatementIssuedEvent"];
    "campus.harbour.certification.submitted.v1": components["schemas"]["CertificationSubmittedEvent"];
    "campus.harbour.certification.issued.v1": components["schemas"]["CertificationIssuedEvent"];
    "campus.harbour.certification.refused.v1": components["schemas"]["CertificationRefusedEvent"];
    "campus.harbour.certification.waiver-requested.v1": components["schemas"]["CertificationWaiverRequestedEvent"];
    "campus.harbour.certification.suspended.v1": components["schemas"]["CertificationSuspendedEvent"];
    "campus.harbour.certification.reinstated.v1": components["schemas"]["CertificationReinstatedEvent"];
    "campus.harbour.certification.revoked.v1": components["schemas"]["CertificationRevokedEvent"];
    "campus.harbour.certification.lapsed.v1": components["schemas"]["CertificationLapsedEvent"];
    "campus.harbour.certification.at-risk.v1": components["schemas"]["CertificationAtRiskEvent"];
    "campus.harbour.certification.recovered.v1": components["schemas"]["CertificationRecoveredEvent"];
    "campus.harbour.webhook.verification.v1": components["schemas"]["WebhookVerificationEvent"];
    "campus.harbour.data.erasure-requested.v1": components["schemas"]["ErasureRequestedEvent"];
    "erasureReply": components["schemas"]["ErasureReply"];
    "challengeReply": components["schemas"]["ChallengeReply"];
}
