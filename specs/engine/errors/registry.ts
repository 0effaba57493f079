import type { ErrorDefinition } from "./error-definition.ts";
import { rateCardErrors } from "./rate-card-errors.ts";
import { sessionErrors } from "./session-errors.ts";

/**
 * Every error code there is. HTTP problems, the command line and the portal's error pages read this one table, so a
 * code that isn't here can't be thrown.
 */
export const errorRegistry = {
  ECO_UNAUTHENTICATED: {
    title: "Not authenticated",
    status: 401,
    exitCode: 4,
    fix: "Send what the operation's security scheme asks for: a bearer token, for which you POST your client credentials to the token operation, or your client secret as the key. `eco onboard` gives you both.",
    description: "The operation needs an access token and the request carries none that is usable.",
  },
  ECO_TOKEN_EXPIRED: {
    title: "Access token expired",
    status: 401,
    exitCode: 4,
    fix: "Ask for a new token with the same client credentials and send the request again.",
    description: "The access token was valid and its time is over. Tokens are short-lived on purpose.",
  },
  ECO_INVALID_CLIENT: {
    title: "Client credentials refused",
    status: 401,
    exitCode: 4,
    fix: "Check the client id and the secret; one that was replaced is refused from its end on.",
    description: "The token operation doesn't know this client id with this secret.",
  },
  ECO_UNSUPPORTED_GRANT: {
    title: "Grant type not supported",
    status: 400,
    exitCode: 2,
    fix: "Send `grant_type=client_credentials`, form-encoded.",
    description: "The token operation issues tokens for client credentials only.",
  },
  ECO_FORBIDDEN: {
    title: "Not allowed for this role",
    status: 403,
    exitCode: 2,
    fix: "Use the credentials of a party whose role may do this; the role's page lists its decision rights.",
    description: "The token is good, and the party's role doesn't have the right to call this operation.",
  },
  ECO_SCOPE_MISSING: {
    title: "Scope missing",
    status: 403,
    exitCode: 2,
    fix: "Ask for a token that holds the scope named in the detail. A party whose onboarding isn't finished gets the onboarding scopes only.",
    description: "The access token doesn't hold a scope that the operation declares.",
  },
  ECO_NOT_FOUND: {
    title: "Not found",
    status: 404,
    exitCode: 2,
    fix: "Check the id, and the path: it comes from the documents, which `eco` finds by --specs. A resource of another party looks the same as one that doesn't exist.",
    description: "Nothing is there under this path for this party.",
  },
  ECO_METHOD_NOT_ALLOWED: {
    title: "Method not allowed",
    status: 405,
    exitCode: 2,
    fix: "Use one of the methods in the `Allow` header.",
    description: "The path exists, the method isn't declared on it.",
  },
  ECO_NOT_ACCEPTABLE: {
    title: "No acceptable representation",
    status: 406,
    exitCode: 2,
    fix: "Accept one of the media types that the operation declares, such as application/json.",
    description: "The `Accept` header rules out every media type that the operation can answer with.",
  },
  ECO_CONFLICT: {
    title: "Conflict with the current state",
    status: 409,
    exitCode: 2,
    fix: "Read the resource again and repeat the change on what it is now.",
    description: "The resource was changed, or exists already in another form.",
  },
  ECO_PRECONDITION_FAILED: {
    title: "The thing is another version",
    status: 412,
    exitCode: 2,
    fix: "Read the resource again and send the `ETag` of what it is now in `If-Match`.",
    description: "`If-Match` or `If-None-Match` rules the request out for the version that is there.",
  },
  ECO_IDEMPOTENCY_IN_FLIGHT: {
    title: "The first request with this key is still running",
    status: 409,
    exitCode: 2,
    fix: "Wait a moment and send the same request with the same key again.",
    description:
      "Two requests with one Idempotency-Key arrived at the same time; the first one is being answered.",
  },
  ECO_PARTY_EXISTS: {
    title: "The party is registered already",
    status: 409,
    exitCode: 2,
    fix: "Choose another id, or go on with the credentials that were issued when it registered.",
    description: "A partner has already registered under this id.",
  },
  ECO_DELIVERY_CONFLICT: {
    title: "Another delivery has this id",
    status: 409,
    exitCode: 2,
    fix: "Send a correction to change a delivery, or use an id of its own for a new one.",
    description: "A delivery with this id and other content was submitted before.",
  },
  ECO_TRACE_UNREPEATABLE: {
    title: "The trace can't be made again",
    status: 409,
    exitCode: 2,
    fix: "Ask a sandbox that runs the version of eco which rated the delivery, or correct the delivery, which rates it anew.",
    description:
      "A trace is made by rating once more what was booked. Here that comes to other amounts, or the documents of then aren't kept: no trace would be the right one.",
  },
  ECO_STATE_TRANSITION: {
    title: "Not possible in this state",
    status: 409,
    exitCode: 2,
    fix: "Read the resource to see its state; the operation's page says which states it starts from.",
    description: "The resource isn't in a state from which this step can be taken.",
  },
  ECO_PERIOD_CLOSED: {
    title: "The period is settled",
    status: 409,
    exitCode: 2,
    fix: "Book the change into an open period, as a correction or a dispute.",
    description: "The settlement of this period is closed; its postings don't change any more.",
  },
  ECO_BODY_TOO_LARGE: {
    title: "Body too large",
    status: 413,
    exitCode: 2,
    fix: "Send less at once, for example smaller batches.",
    description: "The request's body, unpacked, is over the limit.",
  },
  ECO_UNSUPPORTED_MEDIA_TYPE: {
    title: "Media type not supported",
    status: 415,
    exitCode: 2,
    fix: "Send one of the media types that the operation declares, named in the `Content-Type` header.",
    description: "The operation declares no request body of this media type.",
  },
  ECO_BODY_NOT_JSON: {
    title: "The body is not JSON",
    status: 400,
    exitCode: 2,
    fix: "Send one JSON value in UTF-8, without duplicate keys; the detail says where reading stopped.",
    description: "The content type promises JSON and the body isn't.",
  },
  ECO_REQUEST_MALFORMED: {
    title: "The request can't be read",
    status: 400,
    exitCode: 2,
    fix: "Correct the part of the request that the detail names.",
    description:
      "A part of the request outside the body, such as a header or the encoding of the path, can't be read.",
  },
  ECO_REQUEST_INVALID: {
    title: "The request doesn't match the spec",
    status: 422,
    exitCode: 2,
    fix: "Correct each value listed under `errors`; its pointer leads to the place in the request.",
    description: "The request was read and breaks the schema of the operation: every violation is listed.",
  },
  ECO_NOTICE_TOO_SHORT: {
    title: "Too little notice",
    status: 422,
    exitCode: 2,
    fix: "Name a later day, or leave it out: `errors` says from when the change can hold.",
    description:
      "Partners have to know of a change of the specs some time before it holds: the rules of the ecosystem say how long for each level, and agreements may promise more.",
  },
  ECO_IDEMPOTENCY_MISMATCH: {
    title: "The key belongs to another request",
    status: 422,
    exitCode: 2,
    fix: "Use a new Idempotency-Key for a new request, and the same key only to repeat the same one.",
    description: "The Idempotency-Key was used before with another body, path or method.",
  },
  ECO_PRODUCT_UNKNOWN: {
    title: "No rate card has this product",
    status: 422,
    exitCode: 2,
    fix: "Use a product that a rate card in force lists: see the rate cards, or `eco rate --help`.",
    description: "No rate card prices the product named.",
  },
  ECO_AGREEMENT_NOT_IN_FORCE: {
    title: "No agreement in force",
    status: 422,
    exitCode: 2,
    fix: "Check the parties and the times of the delivery against the agreements' dates.",
    description: "No agreement between these parties covers the product at the time of the delivery.",
  },
  ECO_PARTY_UNKNOWN: {
    title: "Unknown party",
    status: 422,
    exitCode: 2,
    fix: "Use the id of a party of this ecosystem: list them with the parties operation.",
    description: "The request names a party that isn't in the ecosystem.",
  },
  ECO_PARTY_NOT_ACTIVE: {
    title: "The party isn't active",
    status: 422,
    exitCode: 2,
    fix: "A party in onboarding finishes that first: the onboarding operation lists the open steps. One that leaves can still finish what it has, such as work orders that it accepted; for anything new name another party.",
    description:
      "The party exists and may not take part yet, or takes part in nothing new because it leaves or has left.",
  },
  ECO_PARTY_ROLE: {
    title: "The party has another role",
    status: 422,
    exitCode: 2,
    fix: "Name a party of the role that the field stands for: list them with the parties operation.",
    description:
      "A delivery, quote or work order names a party as its customer, broker or the like that has another role.",
  },
  ECO_PROVIDER_NOT_ADMITTED: {
    title: "The provider may not render this product",
    status: 422,
    exitCode: 2,
    fix: "Name a provider that the rate card admits; its owner lists parties or roles under `providers` of the entry.",
    description:
      "A delivery, quote or work order names a provider that the product's rate card doesn't admit. It admits who is paid, the entry's stand-in and whom `providers` names; without `providers`, every company that an agreement engages otherwise than as a customer, if something of the charge is the provider's.",
  },
  ECO_USAGE_INVALID: {
    title: "The usage can't be rated",
    status: 422,
    exitCode: 2,
    fix: "Send every measure that the product's price asks for, with the unit and the range of the rate card.",
    description: "A measure is missing, has the wrong type, or is outside what the rate card allows.",
  },
  ECO_AMOUNT_DECLINED: {
    title: "Amount declined",
    status: 422,
    exitCode: 2,
    fix: "Use another amount: in a sandbox this one is a published test value that is always declined.",
    description:
      "The customer's means of payment declines the amount. In a sandbox a magic value of the ecosystem manifest does this, so that you can see how your integration takes it.",
  },
  ECO_PARENT_UNKNOWN: {
    title: "The parent delivery doesn't exist",
    status: 422,
    exitCode: 2,
    fix: "Submit the parent first, or leave `parent` out.",
    description: "The delivery names a parent that this sandbox doesn't have.",
  },
  ECO_RATE_LIMITED: {
    title: "Too many requests",
    status: 429,
    exitCode: 2,
    fix: "Wait for the seconds in `Retry-After`, then go on more slowly; the RateLimit headers say how much is left.",
    description: "The party used up its request quota for this window.",
  },
  ECO_INTERNAL: {
    title: "A fault of eco",
    status: 500,
    exitCode: 1,
    fix: "Please report it with the request id; repeating the request is safe with the same Idempotency-Key.",
    description: "Something happened that should never happen. Nothing of the request was booked.",
  },
  ECO_HANDLER_FAILED: {
    title: "A handler of your own failed",
    status: 500,
    exitCode: 1,
    fix: "Mend the handler that was given to `sandbox.use`; its stack stands in the output of the test.",
    description:
      "A handler of the tester's own answers in the sandbox's place, and threw. The sandbox itself did nothing of the request.",
  },
  ECO_ANSWER_INVALID: {
    title: "The answer would break the spec",
    status: 500,
    exitCode: 1,
    fix: "Please report it with the request id. With your own specs: check the binding or the example of this operation.",
    description:
      "The sandbox checks its own answers; this one didn't match the operation's response schema and was withheld.",
  },
  ECO_ANSWER_INCOMPLETE: {
    title: "The API doesn't tell what is needed",
    exitCode: 2,
    fix: "Give the answer a place for it, and bind that under `x-eco-bind.response`.",
    description:
      "A command needs fields of an answer that the operation of this spec set doesn't have, or that nothing is bound to.",
  },
  ECO_UNSATISFIABLE: {
    title: "The spec allows no answer",
    status: 422,
    exitCode: 2,
    fix: "Mend the documents that the message names, or declare a success response whose schema has an instance; the sandbox names both when it starts.",
    description:
      "The operation declares no success, or a schema that nothing can satisfy; or the rate cards and agreements can't be used.",
  },
  ECO_PART_MISSING: {
    title: "A part of eco can't be loaded",
    status: 503,
    exitCode: 5,
    fix: "Load the page again, or start the program again: another version may have taken its place.",
    description:
      "What few need is loaded when it is first asked for, and its file can't be had. Nothing of the request was booked.",
  },
  ECO_UNAVAILABLE: {
    title: "Not available for the moment",
    status: 503,
    exitCode: 5,
    fix: "Repeat the request after the seconds in `Retry-After`.",
    description: "The sandbox is starting, stopping or told to play a fault.",
  },
  ECO_ANSWER_LOST: {
    title: "The answer got lost",
    status: 504,
    exitCode: 1,
    fix: "Repeat the request with the same idempotency key: it has its effect once.",
    description:
      "The request may have been booked, and its answer didn't come through. The sandbox plays this to clients that are observed for a certification.",
  },
  ECO_CERTIFICATION_OBSERVED: {
    title: "Your client is being observed already",
    status: 409,
    exitCode: 2,
    fix: "End the observation under way with `eco certify finish ID`, or wait for its end.",
    description: "The client of a partner is observed for one certification at a time.",
  },
  ECO_WEBHOOK_UNVERIFIED: {
    title: "The endpoint didn't answer the challenge",
    status: 422,
    exitCode: 2,
    fix: "Check the signature, answer the challenge event with a 2xx status, then verify again.",
    description: "The endpoint must prove that it reads the challenge before events are sent to it.",
  },
  ECO_USAGE: {
    title: "Wrong use of the command",
    exitCode: 2,
    fix: "Run the command with `--help`.",
    description: "A flag or an argument is unknown, missing or doesn't fit.",
  },
  ECO_COMMAND_UNKNOWN: {
    title: "No such command",
    exitCode: 2,
    fix: "Run `eco --help` for the list.",
    description: "The command doesn't exist.",
  },
  ECO_INPUT_MISSING: {
    title: "An answer is missing",
    exitCode: 2,
    fix: "Give the flag that the message names; there is no prompt without a terminal, in CI, or with `--no-input`.",
    description: "The command would have to ask and can't.",
  },
  ECO_INPUT_INVALID: {
    title: "The input can't be used",
    exitCode: 2,
    fix: "Correct the place that the message names.",
    description: "A file or a value was read and doesn't have the expected form.",
  },
  ECO_FILE_UNREADABLE: {
    title: "The file can't be read",
    exitCode: 2,
    fix: "Check the path and the permissions.",
    description: "The file doesn't exist, or may not be read.",
  },
  ECO_FILE_UNWRITABLE: {
    title: "The file can't be written",
    exitCode: 2,
    fix: "Check the path, the permissions and the free space.",
    description: "The target can't be created, or writing it isn't allowed.",
  },
  ECO_PORTAL_FAILED: {
    title: "The portal can't be built",
    exitCode: 1,
    fix: "See the message: it ends with what the build said. `eco specs lint` finds what is wrong with the documents.",
    description: "The build of the portal ended with an error. What was in its place before is still there.",
  },
  ECO_FILE_EXISTS: {
    title: "Files are there already",
    exitCode: 2,
    fix: "Name another folder, or replace exactly these files with `--force`.",
    description:
      "The folder holds files of these names with another content. Nothing was written: not these, and none of the others.",
  },
  ECO_FILE_NAME_UNSAFE: {
    title: "The name leads out of the folder",
    exitCode: 2,
    fix: "Change the name that the message shows, where the spec set says it.",
    description:
      "A file was to be written under a name that is absolute, leads out of its folder, or means something else on some system: a drive, a device, two names for one file.",
  },
  ECO_NOTHING_TO_PAY: {
    title: "Nobody is to be paid",
    exitCode: 2,
    fix: "Look at the positions with `eco settlements show`: only parties with a positive one are paid.",
    description:
      "A payout file holds at least one payment, and the settlement owes nothing to the parties asked for.",
  },
  ECO_BANK_ACCOUNT_MISSING: {
    title: "A bank account is missing",
    exitCode: 2,
    fix: "Let the party give its `bankAccount` to the API, or name it in the manifest for a stand-in.",
    description:
      "A payout file is all or nothing: each party that is paid, and the one that pays, needs a valid IBAN.",
  },
  ECO_ROWS_REJECTED: {
    title: "Some rows were rejected",
    exitCode: 2,
    fix: "Mend the rows in the rejects file and submit it again: what went in is recognised.",
    description: "The other rows were taken; nothing was booked twice.",
  },
  ECO_REQUEST_REFUSED: {
    title: "The sandbox refused the request",
    exitCode: 2,
    fix: "See the code and the errors that the sandbox gave.",
    description: "The sandbox answered with a problem that has no code of this version of eco.",
  },
  ECO_NOT_SIGNED_IN: {
    title: "No credentials",
    exitCode: 4,
    fix: "Run `eco onboard`, or choose a profile that has credentials with `--profile`.",
    description: "The command needs a party's credentials and the profile holds none.",
  },
  ECO_SANDBOX_UNREACHABLE: {
    title: "The sandbox can't be reached",
    exitCode: 5,
    fix: "Start one with `eco sandbox start`, or point `--sandbox` at the right URL.",
    description: "No answer came from the sandbox's address.",
  },
  ECO_TIMEOUT: {
    title: "No answer in time",
    exitCode: 5,
    fix: "Try again; `eco doctor` shows where the time goes.",
    description: "The other side didn't answer within the limit.",
  },
  ECO_SPEC_INVALID: {
    title: "The spec set can't be used",
    exitCode: 2,
    fix: "Mend the findings; `eco specs lint` lists them all with file, line and fix.",
    description: "A document of the spec set is broken, or two of them contradict each other.",
  },
  ECO_SPEC_REF_REFUSED: {
    title: "A reference leads out of the spec set",
    exitCode: 2,
    fix: "Copy the target into the spec directory and refer to it by a relative path.",
    description:
      "References over the network, to absolute files or above the spec directory are never followed.",
  },
  ECO_SPEC_TOO_LARGE: {
    title: "The document is too large",
    exitCode: 2,
    fix: "Split the document; the limits are in the message.",
    description: "A document is larger, deeper or more repetitive (YAML aliases) than is safe to load.",
  },
  ECO_SPEC_EMPTY: {
    title: "No spec documents found",
    exitCode: 2,
    fix: "Point `--specs` at a directory with OpenAPI, AsyncAPI or Arazzo documents, or at one OpenAPI file.",
    description: "Nothing at this path is a document that eco knows.",
  },
  ECO_OPERATION_UNKNOWN: {
    title: "No such operation",
    exitCode: 2,
    fix: "Check the operation id or the capability against the API reference of the loaded specs.",
    description: "The spec set declares no operation of this id, or none bound to this capability.",
  },
  ECO_WORKFLOW_UNKNOWN: {
    title: "No such journey",
    exitCode: 2,
    fix: "List the journeys with `eco journeys list`.",
    description: "The spec set has no workflow of this id.",
  },
  ECO_EXPRESSION_INVALID: {
    title: "The expression can't be evaluated",
    exitCode: 2,
    fix: "Check it against the runtime expressions of Arazzo 1.0.1.",
    description: "A runtime expression, criterion or binding is malformed.",
  },
  ECO_JOURNEY_FAILED: {
    title: "The journey failed",
    exitCode: 3,
    fix: "Look at the first failed criterion: it shows what was expected and what came.",
    description: "A step of the journey didn't meet its success criteria.",
  },
  ECO_SPECS_BREAKING: {
    title: "The specs break who built against the old ones",
    exitCode: 3,
    fix: "Take the change back, or announce it and give partners time: `eco certify plan` says who has to run again.",
    description: "`eco specs diff --fail-on` found a change of the level that it was told to fail on.",
  },
  ECO_FIGURES_DIFFER: {
    title: "The figures differ from the books",
    exitCode: 3,
    fix: "Each difference has its cause and the next command; dispute what you don't agree with.",
    description:
      "The reconciliation ran to its end and found amounts that differ, or deliveries that one side lacks.",
  },
  ECO_STATEMENT_UNPROVEN: {
    title: "A statement doesn't prove itself",
    exitCode: 3,
    fix: "Ask the orchestrator for a statement that does, and dispute the lines that are named.",
    description: "A line is not under the fingerprint of its delivery, or a sum is not that of its lines.",
  },
  ECO_VECTORS_FAILED: {
    title: "Rating vectors failed",
    exitCode: 3,
    fix: "Compare the charges in the report with the expected ones.",
    description: "The engine's result differs from at least one vector.",
  },
  ECO_FOUR_EYES: {
    title: "Somebody else has to decide",
    status: 403,
    exitCode: 2,
    fix: "Have another person of the orchestrator review it, under its own name in `reviewer`.",
    description: "Who submitted a certification doesn't review it, and nobody reviews it twice.",
  },
  ECO_CERTIFICATION_UNPROVEN: {
    title: "The evidence doesn't prove the level",
    status: 409,
    exitCode: 2,
    fix: "Look at the run with `eco certify show ID --report FILE`; mend what it names and submit again.",
    description:
      "A certification whose run failed, is incomplete, under way or below the level can't be issued.",
  },
  ECO_CERTIFICATION_FAILED: {
    title: "The certification failed",
    exitCode: 3,
    fix: "Follow the fix of each failed check; run `eco certify --failed` afterwards.",
    description: "At least one required check failed.",
  },
  ECO_CERTIFICATE_INVALID: {
    title: "The certificate doesn't hold",
    exitCode: 3,
    fix: "Ask the partner for a current certificate.",
    description: "The signature, the dates or the status list speak against it.",
  },
  ECO_NODE_TOO_OLD: {
    title: "Node is too old",
    exitCode: 2,
    fix: "Use Node 24 or newer; in a checkout `npx eco` does it by itself.",
    description: "eco was started on a Node that lacks what it needs.",
  },
  ECO_INTERRUPTED: {
    title: "Interrupted",
    exitCode: 130,
    fix: "Run the same command again: it goes on where it stopped.",
    description: "The command was stopped by the user.",
  },
  ECO_HOST_REFUSED: {
    title: "Not under this name",
    status: 421,
    exitCode: 2,
    fix: "Call the sandbox as localhost or 127.0.0.1, or start it with this name among the allowed hosts.",
    description:
      "The Host header names a host that the sandbox doesn't answer for. It keeps web pages from reaching a local sandbox by tricks with names.",
  },
  ECO_ORIGIN_REFUSED: {
    title: "Not from this page",
    status: 403,
    exitCode: 2,
    fix: "Call the sandbox from a program or from a page of this machine; whoever makes it in a program can name other origins (`cors`).",
    description:
      "A page of another origin tried to change something in the sandbox, or to control it. Only pages that may read its answers can; to control it they need its token as well.",
  },
  ECO_CONTROL_REFUSED: {
    title: "No control over this sandbox",
    status: 401,
    exitCode: 4,
    fix: "Run the command on the machine and as the user that started the sandbox, or give its control token in ECO_SANDBOX_TOKEN.",
    description:
      "The control API of a sandbox needs the sandbox's control token, and the request has none that is right.",
  },
  ECO_TENANT_EXISTS: {
    title: "There is such a tenant already",
    status: 409,
    exitCode: 2,
    fix: "Use it, choose another id, or remove it first with `eco sandbox tenant remove`.",
    description:
      "The sandbox has a tenant of this id; creating it again would take its state away from somebody.",
  },
  ECO_FORWARD_UNSUPPORTED: {
    title: "Stand-ins can't be forwarded here",
    status: 422,
    exitCode: 2,
    fix: "Bind an operation of the API that partners implement to `fulfilment.offer`, and use a sandbox that runs in Node.",
    description:
      "A build of one's own can answer in a stand-in's place only where the spec set says how it is offered an order, and where the sandbox can call other programs.",
  },
  ECO_FAULT_INVALID: {
    title: "The fault rule can't be used",
    status: 422,
    exitCode: 2,
    fix: "Correct each value that is named; the fields of a rule are in specs/schemas/faults.schema.json.",
    description:
      "A fault rule names something that the spec set doesn't have, or asks for what can't be done. None of the rules that came with it was added.",
  },
  ECO_FAULT_INJECTED: {
    title: "A fault that was asked for",
    status: 500,
    exitCode: 1,
    fix: "Nothing has to be mended: a fault rule of the sandbox answered so. `eco sandbox fault list` shows the rules.",
    description:
      "The sandbox was told to let this request fail, so that clients can be tried. The status is the one that the rule names.",
  },
  ECO_PORT_UNUSABLE: {
    title: "The port can't be used",
    exitCode: 2,
    fix: "Choose another port with `--port`, or stop what is using this one.",
    description:
      "The sandbox couldn't listen on the address asked for; often another sandbox runs there already.",
  },
  ECO_DATABASE_UNUSABLE: {
    title: "The database can't be used",
    exitCode: 2,
    fix: "See the message: it may be locked by another process, full, or made by a newer version.",
    description: "The sandbox's database didn't open or refused a write.",
  },
  ...sessionErrors,
  ...rateCardErrors,
} as const satisfies Readonly<Record<string, ErrorDefinition>>;

export type ErrorCode = keyof typeof errorRegistry;
