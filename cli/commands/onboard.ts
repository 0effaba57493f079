import { Flags } from "@oclif/core";
import { EcoError } from "../../specs/engine/errors/eco-error.ts";
import { EcoCommand, type Outcome } from "../command.ts";
import { type Profile, profilePath, writeProfile } from "../config/profiles.ts";
import type { Settings } from "../config/settings.ts";
import type { GlobalFlags } from "../flags.ts";
import type { Transport } from "../http/transport.ts";
import { acceptAgreements } from "../onboarding/agreements.ts";
import { type Answers, readAnswers } from "../onboarding/answers.ts";
import { nextCommands } from "../onboarding/next-commands.ts";
import { chosenSpecs, publishedMember } from "../onboarding/published-member.ts";
import { registerParty } from "../onboarding/register.ts";
import { registerWebhook } from "../onboarding/webhook.ts";
import { sanitizeLine } from "../output/sanitize.ts";
import { canAsk } from "../prompts.ts";
import type { StarterMember } from "../scaffold/member.ts";
import type { Scaffolded } from "../scaffold/write-starter.ts";
import type { Session } from "../session.ts";
import { listAt, textAt } from "../views/fields.ts";

export default class Onboard extends EcoCommand {
  static override summary =
    "Join the ecosystem: register, accept the agreements, receive credentials and events.";
  static override description =
    "Asks on a terminal; elsewhere by flags or by --answers FILE. The credentials are saved in the profile, readable for you only, and never printed. If it is cut off, or an answer was missing, run it again: it goes on where it stopped.";
  static override examples = [
    "<%= config.bin %> <%= command.id %>",
    {
      description: "Without questions",
      command:
        '<%= config.bin %> <%= command.id %> --name "Saltmarsh Kitchen" --role complementor --contact-name "Aino Laine" --email aino@saltmarsh.example --accept all',
    },
    {
      description: "A customer, from a file, under a profile of its own",
      command: "<%= config.bin %> <%= command.id %> --answers customer.yaml --profile paper-boats",
    },
    {
      description: "With a project to start from; later, too, for the profile that is there",
      command: "<%= config.bin %> <%= command.id %> --scaffold my-integration",
    },
    {
      description: "Your own build in the place of a stand-in",
      command: "<%= config.bin %> <%= command.id %> --id fjord-catering --role complementor",
    },
  ];
  static override flags = {
    answers: Flags.string({
      helpValue: "<file>",
      summary: "YAML or JSON file with the answers; flags win over it.",
    }),
    name: Flags.string({ helpValue: "<text>", summary: "The company's name." }),
    role: Flags.string({ helpValue: "<role>", summary: "Its role in the ecosystem." }),
    id: Flags.string({
      helpValue: "<party>",
      summary: "The id it wants, or that of the stand-in whose place it takes.",
    }),
    country: Flags.string({ helpValue: "<code>", summary: "Its country, ISO 3166-1." }),
    iban: Flags.string({ helpValue: "<iban>", summary: "Bank account on which it is paid." }),
    bic: Flags.string({ helpValue: "<bic>", summary: "Its bank, ISO 9362.", dependsOn: ["iban"] }),
    "contact-name": Flags.string({
      helpValue: "<text>",
      summary: "Technical contact: name.",
      dependsOn: ["email"],
    }),
    email: Flags.string({
      helpValue: "<address>",
      summary: "Technical contact: e-mail.",
      dependsOn: ["contact-name"],
    }),
    accept: Flags.string({
      helpValue: "<id|all>",
      multiple: true,
      multipleNonGreedy: true,
      summary: "Accept this agreement, or all that the role needs.",
    }),
    "accepted-by": Flags.string({ helpValue: "<text>", summary: "Who signs for the company." }),
    webhook: Flags.string({ helpValue: "<url>", summary: "Where events are to be sent." }),
    scaffold: Flags.string({
      helpValue: "<dir>",
      summary:
        "Write a starter project there: typed client, webhook receiver, certification as a test. Also for a profile that is onboarded.",
    }),
    force: Flags.boolean({
      dependsOn: ["scaffold"],
      summary: "Replace files of the starter that are there with another content.",
    }),
    restart: Flags.boolean({ summary: "Register anew, although the profile has credentials." }),
  };

  override async run(): Promise<Outcome> {
    const { flags } = await this.parse(Onboard);
    const answers = {
      ...(flags.answers === undefined ? {} : await readAnswers(flags.answers)),
      ...answersOf(flags),
    };
    const settings = await this.settings(flags);
    const { scaffold } = flags;
    if (scaffold !== undefined) await this.#canScaffold(scaffold);
    const published = scaffold === undefined ? undefined : await publishedMember(settings, this.out);
    if (published !== undefined && scaffold !== undefined)
      return { result: await this.#scaffold({ ...flags, scaffold }, published) };
    const profile = await this.#register(settings, answers, flags);
    // From here on with the new credentials.
    const session = await this.session(flags);
    const onboarding = (await session.client.call("onboarding.get", { partyId: profile.party })).result;
    const role =
      answers.role ??
      textAt((await session.client.call("parties.get", { partyId: profile.party })).result, "role");
    await acceptAgreements(session, role, answers, this.out, flags.input);
    const name = settings.profileName.value;
    const webhook = await registerWebhook(
      session,
      answers,
      this.out,
      flags.input,
      async ({ endpointId, url, secret }) => {
        const webhooks = { ...profile.webhooks, [endpointId]: { url, secret } };
        await writeProfile(name, { ...profile, webhooks });
      },
    );
    const outcome = await this.#finish(
      { session, profile, name, role },
      {
        verified: webhook?.verified,
        before: onboarding,
        tellsNext: scaffold === undefined,
      },
    );
    if (scaffold === undefined) return outcome;
    const written = await this.#scaffold({ ...flags, scaffold }, { party: profile.party, role });
    return { ...outcome, result: { ...(outcome.result as object), ...written } };
  }

  /** Nobody is registered before it shows that the starter can't be written. */
  async #canScaffold(folder: string): Promise<void> {
    const { checkFolder } = await import("../folder/write-folder.ts");
    const { typeGenerator } = await import("../spec-types.ts");
    await checkFolder(folder);
    await typeGenerator();
  }

  async #scaffold(
    flags: Partial<GlobalFlags> & { readonly scaffold: string; readonly force: boolean },
    member: StarterMember,
  ): Promise<{ readonly scaffold: Scaffolded }> {
    // Once more: the profile may name the spec set now.
    const settings = await this.settings(flags);
    const catalog = await this.catalog(flags);
    const { writeStarter } = await import("../scaffold/write-starter.ts");
    return {
      scaffold: await writeStarter({ ...flags, folder: flags.scaffold }, settings, catalog, member, this.out),
    };
  }

  async #register(
    settings: Settings,
    answers: Answers,
    flags: { restart: boolean; input: boolean },
  ): Promise<Profile & { party: string }> {
    const name = settings.profileName.value;
    const saved = settings.profile;
    if (saved?.party !== undefined && saved.clientSecret !== undefined && !flags.restart) {
      if (answers.id !== undefined && answers.id !== saved.party) throw othersProfile(name, saved.party);
      this.out.note(`Going on as ${saved.party} (profile ${name}).`);
      return { ...saved, party: saved.party };
    }
    const { openSession } = await import("../session.ts");
    const { client, catalog, transport } = await openSession(settings, this.out);
    this.out.note(`Joining ${catalog.ecosystem.title} at ${settings.sandbox.value}.`);
    if (canAsk(flags.input)) await assertReachable(settings, transport);
    const { partyId, clientId, clientSecret } = await registerParty(client, catalog, answers, flags.input);
    const profile = {
      ...(saved?.specs === undefined ? {} : { specs: saved.specs }),
      sandbox: settings.sandbox.value,
      party: partyId,
      clientId,
      clientSecret,
    };
    const specs = chosenSpecs(settings);
    const path = await writeProfile(name, { ...profile, ...specs });
    this.out.success(`Registered ${partyId}. Its credentials are in ${path}, readable for you only.`);
    return { ...profile, ...specs };
  }

  async #finish(
    { session, profile, name, role }: Joined,
    { verified, before, tellsNext }: { verified: boolean | undefined; before: unknown; tellsNext: boolean },
  ): Promise<Outcome> {
    const { result: onboarding } = await session.client.call("onboarding.get", { partyId: profile.party });
    const open = listAt(onboarding, "steps").filter((step) => textAt(step, "state") === "open");
    const result = {
      party: profile.party,
      status: onboarding["status"] ?? (before as Record<string, unknown>)["status"],
      profile: name,
      profilePath: profilePath(name),
      clientId: profile.clientId,
      onboarding,
      ...(verified === undefined ? {} : { webhookVerified: verified }),
    };
    this.out.data(sanitizeLine(`${profile.party} is ${textAt(onboarding, "status")}.`));
    if (open.length === 0) {
      const as = name === "default" ? "" : ` --profile ${name}`;
      if (tellsNext) this.out.note(`\nNext: ${nextCommands(session.catalog, role, as)}`);
      return { result };
    }
    const first = open[0];
    const failure = new EcoError(
      "ECO_INPUT_MISSING",
      `The onboarding has ${open.length} open step${open.length === 1 ? "" : "s"}: ${open.map((step) => textAt(step, "title")).join("; ")}.`,
      {
        fix:
          first !== undefined && textAt(first, "id") === "accept-agreements"
            ? "Run it again with --accept all."
            : "`eco status` shows whose turn it is.",
      },
    );
    return open.some((step) => textAt(step, "turn") === "partner") ? { result, failure } : { result };
  }
}

/** Nobody answers questions for an address where nothing is. Whatever an API answers at its root, it is there. */
async function assertReachable({ sandbox }: Settings, transport: Transport): Promise<void> {
  const url = new URL(sandbox.value);
  await transport.send({ method: "GET", url, headers: {}, repeatable: false }).catch((error: unknown) => {
    if (error instanceof EcoError && error.code !== "ECO_SANDBOX_UNREACHABLE") return;
    throw error;
  });
}

/** Nobody finds out later that it was another company that accepted and registered. */
function othersProfile(name: string, party: string): EcoError {
  return new EcoError("ECO_INPUT_INVALID", `The profile \`${name}\` holds the credentials of ${party}.`, {
    fix: `Give the other party a profile of its own with --profile NAME, or go on as ${party} without --id; --restart gives its credentials up.`,
  });
}

interface Joined {
  readonly session: Session;
  readonly profile: Profile & { readonly party: string };
  /** Of the profile. */
  readonly name: string;
  readonly role: string;
}

type OnboardFlags = Readonly<
  Record<
    | "name"
    | "role"
    | "id"
    | "country"
    | "iban"
    | "bic"
    | "contact-name"
    | "email"
    | "accepted-by"
    | "webhook",
    string | undefined
  >
> & {
  readonly accept?: readonly string[] | undefined;
};

function answersOf(flags: OnboardFlags): Answers {
  const { name, role, id, country, iban, bic, email, webhook } = flags;
  const contact = flags["contact-name"];
  const accept = flags.accept?.flatMap((value) => value.split(","));
  return {
    ...(name === undefined ? {} : { name }),
    ...(role === undefined ? {} : { role }),
    ...(id === undefined ? {} : { id }),
    ...(country === undefined ? {} : { country }),
    ...(iban === undefined ? {} : { iban }),
    ...(bic === undefined ? {} : { bic }),
    ...(email === undefined || contact === undefined
      ? {}
      : { contacts: [{ name: contact, email, purpose: "technical" }] }),
    ...(accept === undefined ? {} : { accept: accept.includes("all") ? "all" : accept }),
    ...(flags["accepted-by"] === undefined ? {} : { acceptedBy: flags["accepted-by"] }),
    ...(webhook === undefined ? {} : { webhook: { url: webhook } }),
  };
}
