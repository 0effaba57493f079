import { Flags } from "@oclif/core";
import { EcoError } from "../../../../specs/engine/errors/eco-error.ts";
import { EcoCommand, type Outcome } from "../../../command.ts";
import { asGiven } from "../../../config/as-given.ts";
import { idArg } from "../../../flags.ts";
import { waitForVerification } from "../../../onboarding/webhook.ts";

export default class EventsEndpointsVerify extends EcoCommand {
  static override summary = "Prove that an endpoint is yours, at first or after it was disabled.";
  static override description =
    'A signed `webhook.verification` event with a challenge is sent to the endpoint, which answers it with `{"challenge": …}`. Where your receiver doesn\'t answer it so, take `data.challenge` from what it received and give it with --challenge. On a sandbox of your own, `eco events endpoints resume` needs no challenge.';
  static override examples = ["<%= config.bin %> <%= command.id %> whe_01 --profile nordic-apps"];
  static override args = idArg("endpoint");
  static override flags = {
    challenge: Flags.string({
      helpValue: "<text>",
      summary: "`data.challenge` of the latest verification event.",
    }),
  };

  override async run(): Promise<Outcome> {
    const { args, flags } = await this.parse(EventsEndpointsVerify);
    const { id: endpointId } = args;
    const session = await this.session(flags);
    const given = flags.challenge === undefined ? {} : { challenge: flags.challenge };
    await session.client.call("webhooks.verify", { endpointId, ...given });
    if (flags.challenge === undefined) this.out.note("A signed challenge is on its way to it …");
    const verified = flags.challenge !== undefined || (await waitForVerification(session, endpointId));
    const result = { id: endpointId, verified };
    if (!verified) {
      const failure = new EcoError(
        "ECO_WEBHOOK_UNVERIFIED",
        `${endpointId} hasn't answered the signed challenge: nothing else is sent to it before it does.`,
        {
          fix: `Answer the event with \`{"challenge": …}\`, or take \`data.challenge\` from what your receiver got: eco events endpoints verify ${endpointId} --challenge TEXT${asGiven(session.settings)}`,
        },
      );
      return { result, failure };
    }
    this.out.success(`${endpointId} is verified and gets its events.`);
    return { result };
  }
}
