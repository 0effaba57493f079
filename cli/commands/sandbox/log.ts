import { Flags } from "@oclif/core";
import { EcoCommand, type Outcome } from "../../command.ts";
import type { ControlClient, ControlInput, ControlResult } from "../../http/control-client.ts";
import { toJsonLine } from "../../output/envelope.ts";
import { untilStopped } from "../../until-stopped.ts";
import { exchangeLine, exchangeText } from "../../views/exchange.ts";

type Filter = ControlInput<"listExchanges">;
type Exchange = ControlResult<"listExchanges">["items"][number];

/** How long one request waits for something to come. */
const WAIT_SECONDS = 20;

export default class SandboxLog extends EcoCommand {
  static override summary = "Show what a sandbox was asked lately, and what it answered.";
  static override description =
    "Requests with their answers, oldest first, as long as the sandbox remembers them; secrets are taken out. With --follow --json each exchange is a line of its own.";
  static override examples = [
    "<%= config.bin %> <%= command.id %> --follow",
    {
      description: "Why were my requests refused?",
      command: "<%= config.bin %> <%= command.id %> --party blueline --status 4xx --bodies",
    },
    {
      description: "What met a fault, for a program",
      command: "<%= config.bin %> <%= command.id %> --fault any --follow --json",
    },
  ];
  static override flags = {
    follow: Flags.boolean({ char: "f", summary: "Go on until Ctrl-C." }),
    operation: Flags.string({ helpValue: "<id>", summary: "Only this operation." }),
    party: Flags.string({ helpValue: "<id>", summary: "Only this party." }),
    status: Flags.string({ helpValue: "<status>", summary: "Only this status: 404, 5xx, or cut." }),
    fault: Flags.string({ helpValue: "<rule>", summary: "Only what met this fault rule; `any` for any." }),
    bodies: Flags.boolean({ summary: "Headers and bodies too." }),
    limit: Flags.integer({ default: 50, min: 1, max: 500, helpValue: "<n>", summary: "How many at most." }),
  };

  override async run(): Promise<Outcome> {
    const { flags } = await this.parse(SandboxLog);
    const { operation, party, status, fault, limit, bodies, follow } = flags;
    const control = await this.control(flags);
    const filter: Filter = {
      ...(operation === undefined ? {} : { operation }),
      ...(party === undefined ? {} : { party }),
      ...(status === undefined ? {} : { status }),
      ...(fault === undefined ? {} : { fault }),
    };
    const page = await control.call("listExchanges", { ...filter, limit });
    const show = (exchange: Exchange): void => {
      if (follow && this.out.json) process.stdout.write(`${toJsonLine(exchange)}\n`);
      else this.out.data(bodies ? exchangeText(exchange) : exchangeLine(exchange));
    };
    page.items.forEach(show);
    if (follow) await this.#follow(control, { ...filter, after: page.cursor }, show);
    else if (page.items.length === 0) this.out.note("No exchanges.");
    return { result: { items: page.items }, told: follow };
  }

  /** Until the process is asked to stop. */
  async #follow(control: ControlClient, from: Filter, show: (exchange: Exchange) => void): Promise<void> {
    const stopped = new AbortController();
    void untilStopped().then(() => stopped.abort());
    try {
      for (let query = from; ; ) {
        const asked = { ...query, waitSeconds: WAIT_SECONDS, limit: 500 };
        const page = await control.call("listExchanges", asked, stopped.signal);
        if (page.missed > 0)
          this.out.warn(`${page.missed} exchanges had to make room before they were read.`);
        page.items.forEach(show);
        query = { ...query, after: page.cursor };
      }
    } catch (error) {
      if (!stopped.signal.aborted) throw error;
    }
  }
}
