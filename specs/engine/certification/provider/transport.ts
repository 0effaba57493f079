import { isLoopback } from "../../loopback.ts";
import { type CheckTable, held, skipped, violated } from "../check.ts";
import type { ProviderRun } from "./checks.ts";

const CERTIFICATE_FAULTS = /CERT|SELF_SIGNED|LEAF_SIGNATURE|ALTNAME|TLS|SSL|certificate/;

/** How the API is reached. It comes first: a certificate that isn't trusted hides everything else. */
export const transportChecks: CheckTable<ProviderRun> = {
  async *"provider.security.https"({ context }) {
    const url = URL.parse(context.target.url);
    if (url === null || url.protocol !== "https:") {
      if (url !== null && isLoopback(url.hostname)) {
        yield skipped("not-applicable", "On this machine plain HTTP leaves nothing to listen to.");
      } else yield violated(`${context.target.url} is plain HTTP: whoever is on the way reads along.`);
      return;
    }
    const exchange = await context.run.wire.send({ method: "GET", url: url.href });
    const evidence = [exchange];
    const fault = exchange.failure?.detail ?? "";
    if (CERTIFICATE_FAULTS.test(fault))
      yield violated(`No connection could be trusted: ${fault}.`, { evidence });
    else if (exchange.response === undefined)
      yield skipped("unreachable", `The API gave no answer (${fault}).`, { evidence });
    else yield held("The API is served by HTTPS, under a certificate that is trusted.", { evidence });
  },
};
