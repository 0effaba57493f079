import { Args, Flags } from "@oclif/core";
import { EcoError } from "../../../specs/engine/errors/eco-error.ts";
import { EcoCommand, type Outcome } from "../../command.ts";
import { asGiven } from "../../config/as-given.ts";
import type { SampleRequest } from "../../events/send-sample.ts";
import { sanitizeLine } from "../../output/sanitize.ts";

export default class EventsTrigger extends EcoCommand {
  static override summary = "Send a message of the event documents as if it had happened.";
  static override description =
    "The payload is an example of the message, or made from its schema by --seed; --set puts values in its place, and the whole must be valid. With --to it is signed and sent straight to a URL, with no sandbox in between; otherwise a sandbox of your own sends it to the registered endpoints.";
  static override examples = [
    "<%= config.bin %> <%= command.id %> delivery.rated",
    {
      description: "To a receiver that you are writing",
      command:
        "<%= config.bin %> <%= command.id %> dispute.opened --to http://127.0.0.1:3000/webhooks --set /data/disputeId=dsp_7",
    },
  ];
  static override args = {
    type: Args.string({
      required: true,
      description: "The message's type, its id in the document, or the name of its domain event.",
      ignoreStdin: true,
    }),
  };
  static override flags = {
    set: Flags.string({
      helpValue: "<pointer=value>",
      multiple: true,
      multipleNonGreedy: true,
      summary: "A value at a JSON pointer of the payload. Repeat it for several.",
    }),
    seed: Flags.string({ default: "eco", helpValue: "<text>", summary: "Made-up values follow from it." }),
    to: Flags.string({ helpValue: "<url>", exclusive: ["party"], summary: "Send it there, once." }),
    party: Flags.string({ helpValue: "<id>", summary: "Only to this party's endpoints." }),
    "secret-file": Flags.string({
      helpValue: "<file>",
      dependsOn: ["to"],
      summary: "File with the signing secret (whsec_…); the one of `eco events listen` where left out.",
    }),
  };

  override async run(): Promise<Outcome> {
    const { args, flags } = await this.parse(EventsTrigger);
    const { overrides } = await import("../../../specs/engine/messages/overrides.ts");
    const request = { message: args.type, set: overrides(flags.set ?? []), seed: flags.seed };
    if (flags.to !== undefined) return this.#send(request, flags.to, flags);
    const control = await this.control(flags);
    const party = flags.party === undefined ? {} : { party: flags.party };
    const result = await control.call("triggerEvent", { ...request, ...party });
    this.out.data(sanitizeLine(`${result.type} ${result.subject} ${result.id}`));
    this.out.data(sanitizeLine(result.body));
    const { dispatches } = await control.call("getEvent", { eventId: result.id });
    if (dispatches.length === 0) this.out.warn("No endpoint wants it: nothing is sent.");
    else this.out.note(`How it fares: eco events show ${result.id}${asGiven(await this.settings(flags))}`);
    return { result };
  }

  async #send(
    request: SampleRequest,
    url: string,
    flags: {
      readonly "secret-file"?: string | undefined;
      readonly specs?: string | undefined;
      readonly input: boolean;
    },
  ): Promise<Outcome> {
    const { sendSample } = await import("../../events/send-sample.ts");
    const { signingSecret } = await import("../../events/signing-secret.ts");
    const { secret, file } = await signingSecret(flags["secret-file"]);
    const { result: answer, ...sent } = await sendSample(await this.catalog(flags), request, { url, secret });
    this.out.data(sanitizeLine(`${sent.type} ${sent.id}`));
    this.out.data(sanitizeLine(sent.body));
    if (answer.kind === "failed")
      throw new EcoError("ECO_SANDBOX_UNREACHABLE", `${url} can't be reached: ${answer.error}.`, {
        fix: "Start your receiver, and check its address.",
      });
    this.out.note(`${url} answered ${answer.status}. Signed with the secret in ${file}.`);
    const result = { ...sent, status: answer.status };
    if (answer.status >= 200 && answer.status < 300) return { result };
    const failure = new EcoError(
      "ECO_REQUEST_REFUSED",
      `${url} answered ${answer.status}, which acknowledges nothing.`,
      {
        fix: "Answer an event with any 2xx; `eco certify --as receiver` says what else a receiver has to do.",
      },
    );
    return { result, failure };
  }
}
