import { EcoCommand, type Outcome } from "../../../command.ts";
import { column } from "../../../views/fields.ts";

export default class SandboxTenantList extends EcoCommand {
  static override summary = "List the tenants of a running sandbox.";
  static override examples = ["<%= config.bin %> <%= command.id %>"];

  override async run(): Promise<Outcome> {
    const { flags } = await this.parse(SandboxTenantList);
    const { sandbox } = await this.settings(flags);
    const { items } = await (await this.control(flags)).call("listTenants");
    const tenants = items.map((tenant) => ({ ...tenant, url: `${sandbox.value}${tenant.path}` }));
    if (tenants.length === 0) this.out.note("No tenants: `eco sandbox tenant create ID` makes one.");
    else
      this.out.table(tenants, [
        column("Tenant", "id"),
        column("Address", "url"),
        column("Seed", "seed"),
        column("Created", "createdAt"),
      ]);
    return { result: { items: tenants } };
  }
}
