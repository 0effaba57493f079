import { Args } from "@oclif/core";
import { EcoCommand, type Outcome } from "../../../command.ts";
import { confirmed, yesFlag } from "../../../prompts.ts";

export default class SandboxTenantRemove extends EcoCommand {
  static override summary = "Remove a tenant with all that it holds.";
  static override examples = ["<%= config.bin %> <%= command.id %> acme --yes"];
  static override args = {
    tenant: Args.string({ required: true, description: "The tenant.", ignoreStdin: true }),
  };
  static override flags = { yes: yesFlag };

  override async run(): Promise<Outcome> {
    const { args, flags } = await this.parse(SandboxTenantRemove);
    const control = await this.control(flags);
    const message = `Remove the tenant ${args.tenant} with all that it holds? There is no way back.`;
    const sure = await confirmed(message, flags);
    if (sure) {
      await control.call("removeTenant", { tenantId: args.tenant });
      this.out.success(`Removed ${args.tenant}.`);
    }
    return { result: { removed: sure } };
  }
}
