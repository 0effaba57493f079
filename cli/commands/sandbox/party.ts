import { Args, Flags } from "@oclif/core";
import { EcoError } from "../../../specs/engine/errors/eco-error.ts";
import { EcoCommand, type Outcome } from "../../command.ts";
import type { GlobalFlags } from "../../flags.ts";
import type { Fields } from "../../http/api-client.ts";
import { noControl } from "../../http/control-client.ts";
import { column, describeFields } from "../../views/fields.ts";

interface Change {
  readonly behaviour?: string;
  /** Null ends it. */
  readonly forward?: string | null;
}

export default class SandboxParty extends EcoCommand {
  static override summary = "List the companies of the sandbox; show or tell how one that it plays acts.";
  static override description =
    "A stand-in answers the work orders that it is offered: on-time, late by minutes or hours, by declining, or not at all; then the next substitute's turn comes. A disputing one objects to everything that it has to pay for. With --forward a build of your own answers in its place: each offer goes to it by the fulfilment API of the spec set, and what it accepts or declines is decided as that party. A build that gives no answer that counts is asked again until the offer's time is over. Its URL is https; a sandbox that was started with --allow-loopback-webhooks takes one of its own machine too, over plain http.";
  static override examples = [
    { description: "Who is there?", command: "<%= config.bin %> <%= command.id %>" },
    "<%= config.bin %> <%= command.id %> kestrel",
    "<%= config.bin %> <%= command.id %> fjord-catering --behave late:25m",
    {
      description: "Nobody answers: after the offer's time the substitute is asked",
      command: "<%= config.bin %> <%= command.id %> fjord-catering --behave silent",
    },
    {
      description: "Your own build answers in its place",
      command: "<%= config.bin %> <%= command.id %> fjord-catering --forward http://127.0.0.1:4030",
    },
    {
      description: "The sandbox plays it again",
      command: "<%= config.bin %> <%= command.id %> fjord-catering --forward off",
    },
  ];
  static override args = {
    id: Args.string({
      description: "The party's id; all are listed where it is left out.",
      ignoreStdin: true,
    }),
  };
  static override flags = {
    behave: Flags.string({
      helpValue: "<behaviour>",
      summary: "on-time, late:25m, decline, silent or disputing.",
    }),
    forward: Flags.string({
      helpValue: "<url>|off",
      summary: "Base URL of the build that answers in its place.",
    }),
  };

  override async run(): Promise<Outcome> {
    const { args, flags } = await this.parse(SandboxParty);
    const { behave: behaviour, forward } = flags;
    const change = {
      ...(behaviour === undefined ? {} : { behaviour }),
      ...(forward === undefined ? {} : { forward: forward === "off" ? null : forward }),
    };
    if (args.id === undefined) return this.#list(change, flags);
    const result = await this.#told(args.id, change, flags);
    this.out.data(
      describeFields(result, [
        ["Party", "partyId"],
        ["Behaviour", "behaviour"],
        ["Forwarded to", "forward"],
      ]),
    );
    return { result };
  }

  async #list(change: Change, flags: Partial<GlobalFlags>): Promise<Outcome> {
    if (Object.keys(change).length > 0)
      throw new EcoError("ECO_USAGE", "No party is named that shall act so.", {
        fix: "Name one: `eco sandbox party` without flags lists them.",
      });
    const control = await this.control(flags);
    const { items } = await control.call("listParties");
    this.out.table(items, [
      column("Party", "partyId"),
      column("Name", "name"),
      column("Role", "role"),
      column("Status", "status"),
      column("Behaviour", "behaviour"),
      column("Forwarded to", "forward"),
    ]);
    return { result: { items } };
  }

  /** By the sandbox's control; without it by the operation that the spec set has for behaviours. */
  async #told(partyId: string, change: Change, flags: Partial<GlobalFlags>): Promise<Fields> {
    const control = await this.ownControl(flags);
    const shown = Object.keys(change).length === 0;
    if (control !== undefined) {
      if (shown) return control.call("getPartyBehaviour", { partyId });
      return control.call("setPartyBehaviour", { partyId, ...change });
    }
    const { client, settings } = await this.controlSession(flags);
    const { forward, ...behaviour } = change;
    const capability = shown ? "behaviour.get" : "behaviour.set";
    if (forward !== undefined || !client.has(capability)) throw noControl(settings.sandbox.value);
    return (await client.call(capability, { partyId, ...behaviour })).result;
  }
}
