import { Flags } from "@oclif/core";
import { EcoCommand, type Outcome } from "../../../command.ts";
import { type EndpointSecret, keepEndpointSecret } from "../../../events/endpoint-secret.ts";
import { idArg } from "../../../flags.ts";
import type { Fields } from "../../../http/api-client.ts";
import { textAt } from "../../../views/fields.ts";

export default class EventsEndpointsRotate extends EcoCommand {
  static override summary =
    "Replace an endpoint's signing secret; the former one signs beside it for a while.";
  static override description =
    "Until the former secret ends, each event carries a signature by either, so that the receiver may change over at any moment. The new secret is kept in the profile or in a file that is named, for you alone.";
  static override examples = ["<%= config.bin %> <%= command.id %> whe_01"];
  static override args = idArg("endpoint");
  static override flags = {
    "secret-file": Flags.string({ helpValue: "<file>", summary: "File to write the new secret to." }),
  };

  override async run(): Promise<Outcome> {
    const { args, flags } = await this.parse(EventsEndpointsRotate);
    const control = await this.ownControl(flags);
    if (control !== undefined)
      return this.#tell(await control.call("rotateEndpointSecret", { endpointId: args.id }), (rotated) =>
        keepEndpointSecret(rotated, undefined, flags["secret-file"]),
      );
    const { client, settings } = await this.session(flags);
    const { result } = await client.call("webhooks.rotate-secret", { endpointId: args.id });
    return this.#tell({ id: args.id, ...result }, (rotated) =>
      keepEndpointSecret(rotated, settings, flags["secret-file"]),
    );
  }

  async #tell(rotated: Fields, keep: (rotated: EndpointSecret) => Promise<string>): Promise<Outcome> {
    const { secret: _, ...shown } = rotated;
    const [endpointId, url, secret] = [
      textAt(rotated, "id"),
      textAt(rotated, "url"),
      textAt(rotated, "secret"),
    ];
    const secretFile = await keep({ endpointId, url, secret });
    this.out.success(`The new secret of ${endpointId} is in ${secretFile}.`);
    const ends = textAt(rotated, "previousSecretExpiresAt");
    if (ends !== "") this.out.note(`The former one signs beside it until ${ends} of virtual time.`);
    return { result: { ...shown, secretFile } };
  }
}
