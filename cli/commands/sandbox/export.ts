import { Args, Flags } from "@oclif/core";
import packageJson from "../../../package.json" with { type: "json" };
import { EcoCommand, type Outcome } from "../../command.ts";
import { writePrivate } from "../../config/private-file.ts";
import type { GlobalFlags } from "../../flags.ts";
import { counted } from "../../output/counted.ts";

/** How many exchanges a log gives at once. */
const PAGE = 500;

export default class SandboxExport extends EcoCommand {
  static override summary = "Save all that a sandbox holds, or its log as a HAR file.";
  static override description =
    "The state is records, books, events, dispatches, remembered answers and the virtual clock, of one moment. It holds secrets of the sandbox: tokens' signing key (unless --no-keys), webhook secrets, clients. `eco sandbox import` loads it, `eco sandbox diff` compares it. A HAR file holds no credentials, tokens or secrets, whatever it was made from.";
  static override examples = [
    "<%= config.bin %> <%= command.id %> before.json",
    {
      description: "To share: without the key that signs tokens and certificates",
      command: "<%= config.bin %> <%= command.id %> state.json --no-keys",
    },
    {
      description: "What was asked and answered lately, for the tools that read HAR",
      command: "<%= config.bin %> <%= command.id %> traffic.har",
    },
    {
      description: "The same of a recorded session",
      command: "<%= config.bin %> <%= command.id %> traffic.har --session session.ndjson",
    },
  ];
  static override args = {
    file: Args.string({ required: true, ignoreStdin: true, description: "Where to; *.har for the log." }),
  };
  static override flags = {
    har: Flags.boolean({ summary: "Write the log as HAR 1.2, whatever the file's name." }),
    session: Flags.string({
      helpValue: "<file>",
      summary: "Take the exchanges of this recorded session, in the place of a running sandbox's log.",
    }),
    keys: Flags.boolean({ allowNo: true, default: true, summary: "With the sandbox's signing key." }),
  };

  override async run(): Promise<Outcome> {
    const { args, flags } = await this.parse(SandboxExport);
    const asHar = flags.har || flags.session !== undefined || args.file.toLowerCase().endsWith(".har");
    const result = asHar ? await this.#har(args.file, flags) : await this.#state(args.file, flags);
    this.out.success(`${result.what} to ${args.file}.`);
    return { result };
  }

  async #state(file: string, flags: Partial<GlobalFlags> & { readonly keys: boolean }) {
    const control = await this.control(flags);
    const { state, catalogDigest } = await control.call("exportState", { withoutKey: !flags.keys });
    const lengthOf = (list: unknown): number => (Array.isArray(list) ? list.length : 0);
    const counts = {
      records: lengthOf(state["records"]),
      events: lengthOf(state["events"]),
      transactions: lengthOf(state["transactions"]),
    };
    await writePrivate(file, await control.text("exportState", { withoutKey: !flags.keys }));
    const what = `${counted(counts.records, "record")}, ${counted(counts.events, "event")} and ${counted(counts.transactions, "transaction")} written`;
    return { file, catalogDigest, ...counts, what };
  }

  async #har(file: string, flags: Partial<GlobalFlags> & { readonly session?: string | undefined }) {
    const { harOf, harExchangesOf, withoutSecrets } = await import("../../../sandbox/session/index.ts");
    const { loggedHarExchanges, readRecording } = await import("../../sandbox-files.ts");
    const exchanges =
      flags.session === undefined
        ? loggedHarExchanges(
            (await (await this.control(flags)).call("listExchanges", { limit: PAGE })).items,
            (await this.settings(flags)).sandbox.value,
          )
        : withoutSecrets(harExchangesOf((await readRecording(flags.session)).session));
    await writePrivate(file, `${JSON.stringify(harOf(exchanges, packageJson.version), undefined, 2)}\n`);
    return { file, exchanges: exchanges.length, what: `${counted(exchanges.length, "exchange")} written` };
  }
}
