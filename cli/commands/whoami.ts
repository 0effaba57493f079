import { EcoCommand, type Outcome } from "../command.ts";

export default class Whoami extends EcoCommand {
  static override summary = "Show which party you act as, and where the credentials come from.";
  static override examples = [
    "<%= config.bin %> <%= command.id %>",
    "<%= config.bin %> <%= command.id %> --profile blueline",
  ];

  override async run(): Promise<Outcome> {
    await this.parse(Whoami);
    return { result: {} };
  }
}
