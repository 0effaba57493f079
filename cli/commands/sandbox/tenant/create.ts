import { Args, Flags } from "@oclif/core";
import { EcoCommand, type Outcome } from "../../../command.ts";
import { describeFields } from "../../../views/fields.ts";

export default class SandboxTenantCreate extends EcoCommand {
  static override summary = "Create a tenant: a sandbox of its own in a running one, with a URL of its own.";
  static override description =
    "It has its own state, clock, keys, faults, rate limits and log, and costs nothing until it is called. Every command takes its URL as --sandbox. With --json the result holds the token that controls it, and no other.";
  static override examples = [
    "<%= config.bin %> <%= command.id %> acme",
    {
      description: "Then use it",
      command:
        "<%= config.bin %> deliveries list --sandbox http://127.0.0.1:4010/_tenants/acme --profile blueline",
    },
  ];
  static override args = {
    tenant: Args.string({
      required: true,
      description: "Lower-case letters, digits and hyphens.",
      ignoreStdin: true,
    }),
  };
  static override flags = {
    seed: Flags.string({ helpValue: "<text>", summary: "Ids and made-up values follow from it." }),
  };

  override async run(): Promise<Outcome> {
    const { args, flags } = await this.parse(SandboxTenantCreate);
    const { sandbox } = await this.settings(flags);
    const control = await this.control(flags);
    const tenant = await control.call("createTenant", {
      id: args.tenant,
      ...(flags.seed === undefined ? {} : { seed: flags.seed }),
    });
    const result = { ...tenant, url: `${sandbox.value}${tenant.path}` };
    this.out.data(
      describeFields(result, [
        ["Address", "url"],
        ["Seed", "seed"],
      ]),
    );
    return { result };
  }
}
