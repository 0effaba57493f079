import { Args, Flags } from "@oclif/core";
import { EcoError } from "../../../../specs/engine/errors/eco-error.ts";
import { EcoCommand, type Outcome } from "../../../command.ts";
import { asGiven } from "../../../config/as-given.ts";
import { keepEndpointSecret } from "../../../events/endpoint-secret.ts";
import type { GlobalFlags } from "../../../flags.ts";
import { registerWebhook } from "../../../onboarding/webhook.ts";
import { textAt } from "../../../views/fields.ts";

interface Asked {
  readonly types: readonly string[] | undefined;
  readonly file: string | undefined;
}

export default class EventsEndpointsAdd extends EcoCommand {
  static override summary = "Have events sent to a URL.";
  static override description =
    'As a party (--profile), the endpoint gets a signed challenge and has to answer it with `{"challenge": …}` before anything else is sent. On a sandbox of your own, --party says whose events go there, and no challenge is needed. The signing secret is kept in the profile or in a file that is named, for you alone.';
  static override examples = [
    "<%= config.bin %> <%= command.id %> http://127.0.0.1:3000/webhooks --party nordic-apps",
    "<%= config.bin %> <%= command.id %> https://example.com/webhooks --type statement.issued --profile nordic-apps",
  ];
  static override args = {
    url: Args.string({ required: true, description: "Where events are POSTed.", ignoreStdin: true }),
  };
  static override flags = {
    type: Flags.string({
      delimiter: ",",
      multiple: true,
      multipleNonGreedy: true,
      helpValue: "<type>",
      summary: "Only these types, or names of domain events; all that the party may read where left out.",
    }),
    party: Flags.string({ helpValue: "<id>", summary: "Whose events, on a sandbox of your own." }),
    "secret-file": Flags.string({ helpValue: "<file>", summary: "File to write the signing secret to." }),
  };

  override async run(): Promise<Outcome> {
    const { args, flags } = await this.parse(EventsEndpointsAdd);
    const asked = { types: flags.type, file: flags["secret-file"] };
    if (flags.party === undefined) return this.#asParty(args.url, asked, flags);
    const control = await this.ownControl(flags);
    if (control === undefined)
      throw new EcoError("ECO_USAGE", "--party needs control of the sandbox.", {
        fix: "Leave it out: the endpoint is that of your own party.",
      });
    const types = asked.types === undefined ? {} : { types: [...asked.types] };
    const { secret, ...result } = await control.call("registerEndpoint", {
      party: flags.party,
      url: args.url,
      ...types,
    });
    const kept = { endpointId: result.id, url: args.url, secret };
    const secretFile = await keepEndpointSecret(kept, undefined, asked.file);
    this.out.success(
      `${result.id} gets the events of ${flags.party}, signed with the secret in ${secretFile}.`,
    );
    return { result: { ...result, secretFile } };
  }

  async #asParty(url: string, { types, file }: Asked, flags: Partial<GlobalFlags>): Promise<Outcome> {
    const session = await this.session(flags);
    if (!session.client.has("webhooks.create"))
      throw new EcoError("ECO_USAGE", "No operation of the spec set registers webhook endpoints.", {
        fix: "On a sandbox of your own, --party ID registers one for any party.",
      });
    for await (const endpoint of session.client.list("webhooks.list"))
      if (textAt(endpoint, "url") === url)
        throw new EcoError("ECO_CONFLICT", `The webhook endpoint ${url} is registered already.`, {
          fix: `It is ${textAt(endpoint, "id")}: \`verify\`, \`rotate\` or \`remove\` it.`,
        });
    let secretFile = "";
    const answers = { webhook: { url, ...(types === undefined ? {} : { events: types }) } };
    const endpoint = await registerWebhook(session, answers, this.out, false, async (registered) => {
      secretFile = await keepEndpointSecret(registered, session.settings, file);
    });
    if (endpoint === undefined) return { result: { url, verified: false } };
    const { endpointId: id, verified } = endpoint;
    this.out.note(`${id} is signed with the secret in ${secretFile}.`);
    if (!verified)
      this.out.note(`When it can answer: eco events endpoints verify ${id}${asGiven(session.settings)}`);
    return { result: { id, url, verified, secretFile } };
  }
}
