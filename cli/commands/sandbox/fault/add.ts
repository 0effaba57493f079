import { Flags } from "@oclif/core";
import { EcoError } from "../../../../specs/engine/errors/eco-error.ts";
import { EcoCommand, type Outcome } from "../../../command.ts";
import type { ControlInput } from "../../../http/control-client.ts";
import { readFaultRules } from "../../../sandbox/fault-rules-file.ts";
import { presentFaults } from "../../../views/fault.ts";

type Rules = ControlInput<"addFaults">["rules"];
type Rule = Rules[number];

const text = (helpValue: string, summary: string) => Flags.string({ helpValue, summary });
const number = (helpValue: string, summary: string, min = 1) => Flags.integer({ helpValue, summary, min });

export default class SandboxFaultAdd extends EcoCommand {
  static override summary = "Let something go wrong on purpose in a running sandbox.";
  static override description =
    "A rule says for which requests or events it is, when it applies, and what happens. With --event it is for events. Whatever goes wrong is never stored as the answer of an idempotency key.";
  static override examples = [
    {
      description: "Three times busy, then well again: does your client come back?",
      command:
        "<%= config.bin %> <%= command.id %> --operation submitDelivery --status 503 --retry-after 2 --count 3",
    },
    {
      description: "Decided and booked, and the answer lost: does a second try book it twice?",
      command: "<%= config.bin %> <%= command.id %> --operation submitDelivery --drop --after --count 1",
    },
    {
      description: "Every fifth answer half a second late",
      command: "<%= config.bin %> <%= command.id %> --latency 500 --every 5",
    },
    {
      description: "Ten requests a minute for one party",
      command: "<%= config.bin %> <%= command.id %> --party blueline --rate-limit 10/60",
    },
    {
      description: "Events that come twice, and one with a wrong signature",
      command: "<%= config.bin %> <%= command.id %> --event '*' --duplicate 1",
    },
    "<%= config.bin %> <%= command.id %> --event delivery.rated --signature wrong --count 1",
    "<%= config.bin %> <%= command.id %> --file faults.yaml",
  ];
  static override flags = {
    file: Flags.string({
      helpValue: "<file>",
      summary: "Rules from a file (YAML or JSON), instead of the flags.",
    }),
    id: text("<id>", "What to call the rule."),
    operation: text("<id>", "Only this operation."),
    method: Flags.string({
      helpValue: "<method>",
      summary: "Only this method.",
      parse: async (value) => value.toUpperCase(),
    }),
    path: text("<path>", "Only this path; * stands for anything."),
    event: text("<type>", "Only events of this type; * stands for anything."),
    endpoint: text("<id>", "Only events to this webhook endpoint."),
    party: text("<id>", "Only requests of this party, or events to it."),
    probability: text("<0-1>", "How often; the same ones with the same seed."),
    count: number("<n>", "How many times at most."),
    skip: number("<n>", "Leave the first so many alone."),
    every: number("<n>", "Only every n-th."),
    from: text("<instant>", "From this virtual time on."),
    until: text("<instant>", "Before this virtual time."),
    after: Flags.boolean({ summary: "Once it is decided and kept: the answer is lost. Otherwise before." }),
    latency: number("<ms>", "The answer comes so much later."),
    jitter: number("<ms>", "Up to so much later still."),
    status: number("<code>", "Answer this status, 400 to 599."),
    "retry-after": number("<seconds>", "Its Retry-After.", 0),
    drop: Flags.boolean({ summary: "Cut the connection; lose the event." }),
    drip: number("<ms>", "The body comes in pieces over this time."),
    body: Flags.string({ options: ["malformed", "truncated"], summary: "Spoil the body." }),
    "content-type": text("<type>", "Say that the answer is of this type."),
    "rate-limit": text("<n/seconds>", "A tighter rate limit for each party, like 10/60."),
    duplicate: number("<n>", "The event comes so many times more."),
    delay: text("<duration>", "The event comes so much later by the virtual clock, like PT10M."),
    reorder: Flags.boolean({ summary: "The event comes after the next one of its key." }),
    signature: Flags.string({
      options: ["wrong", "missing", "stale"],
      summary: "Spoil the event's signature.",
    }),
  };

  override async run(): Promise<Outcome> {
    const { flags } = await this.parse(SandboxFaultAdd);
    const control = await this.control(flags);
    const { file: _, ...others } = flags;
    if (flags.file !== undefined && Object.keys(this.#rule(others)).length > 0)
      throw new EcoError("ECO_USAGE", "--file holds whole rules: the flags of a rule don't go with it.", {
        fix: "Write them into the file, or add two times.",
      });
    const rules = flags.file === undefined ? [this.#rule(flags)] : [...(await readFaultRules(flags.file))];
    const result = await control.call("addFaults", { rules }).catch((error: unknown) => {
      throw refusedRules(error, flags.file);
    });
    presentFaults(result.items, this.out);
    return { result };
  }

  #rule(flags: Readonly<Record<string, unknown>>): Rule {
    const fields = FIELDS.map(([flag, field, read = asGiven]) => {
      const given = flags[flag];
      return [field, given === undefined || given === false ? undefined : read(given)] as const;
    });
    // What the flags can't say wrong, the sandbox checks: it knows the operations and events.
    return Object.fromEntries(fields.filter(([, value]) => value !== undefined)) as Rule;
  }
}

const asGiven = (value: unknown): unknown => value;

/** What each flag says in a rule. */
const FIELDS: readonly (readonly [flag: string, field: keyof Rule, read?: (given: unknown) => unknown])[] = [
  ["id", "id"],
  ["operation", "operation"],
  ["method", "method"],
  ["path", "path"],
  ["event", "event"],
  ["endpoint", "endpoint"],
  ["party", "party"],
  ["probability", "probability", Number],
  ["count", "count"],
  ["skip", "skip"],
  ["every", "every"],
  ["from", "from"],
  ["until", "until"],
  ["after", "phase", () => "after"],
  ["latency", "latencyMs"],
  ["jitter", "jitterMs"],
  ["status", "status"],
  ["retry-after", "retryAfterSeconds"],
  ["drop", "drop"],
  ["drip", "dripMs"],
  ["body", "body"],
  ["content-type", "contentType"],
  ["rate-limit", "rateLimit", (given) => rateLimitOf(String(given))],
  ["duplicate", "duplicate"],
  ["delay", "delay"],
  ["reorder", "reorder"],
  ["signature", "signature"],
];

/** What the sandbox refused, in the places that were given: the flags, or those of the file. */
function refusedRules(error: unknown, file: string | undefined): unknown {
  const errors = error instanceof EcoError ? error.details?.["errors"] : undefined;
  if (!Array.isArray(errors)) return error;
  const places = (errors as readonly FieldProblem[]).map(({ pointer, detail }) => {
    const [, field = ""] = /^#\/rules\/0\/([^/]+)/.exec(pointer) ?? [];
    const flag = FIELDS.find(([, named]) => named === field)?.[0];
    return `\n  ${file !== undefined ? `${pointer}: ` : flag === undefined ? "" : `--${flag}: `}${detail}`;
  });
  const what =
    file === undefined ? "The fault rule can't be used." : `${file}: The fault rules can't be used.`;
  const fix = file === undefined ? { fix: "See `eco sandbox fault add --help`." } : {};
  return new EcoError("ECO_FAULT_INVALID", what + places.join(""), {
    ...fix,
    cause: error,
    details: { errors },
  });
}

interface FieldProblem {
  readonly pointer: string;
  readonly detail: string;
}

function rateLimitOf(given: string): { readonly quota: number; readonly windowSeconds: number } {
  const match = /^(\d+)\/(\d+)$/.exec(given);
  if (match === null)
    throw new EcoError("ECO_USAGE", `--rate-limit \`${given}\` is no number of requests per seconds.`, {
      fix: "Give one like 10/60: ten requests in sixty seconds.",
    });
  return { quota: Number(match[1]), windowSeconds: Number(match[2]) };
}

/** The running sandbox checks them: it knows the operations and events of its spec set. */
