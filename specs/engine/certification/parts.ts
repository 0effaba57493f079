import type { PreparedPart, RunContext } from "./check.ts";
import { prepareClient } from "./client/client.ts";
import { prepareGovernance } from "./governance/governance.ts";
import type { Part } from "./model.ts";
import { prepareMoney } from "./money/money.ts";
import { prepareProvider } from "./provider/provider.ts";
import { prepareReceiver } from "./receiver/receiver.ts";

type Prepare = (context: RunContext) => Promise<PreparedPart>;

const prepare: Record<Part, Prepare> = {
  client: prepareClient,
  provider: prepareProvider,
  receiver: prepareReceiver,
  // Only this part needs the journey runner with its expressions and JSONPath.
  journeys: async (context) => (await import("./journeys/journeys.ts")).prepareJourneys(context),
  money: prepareMoney,
  governance: prepareGovernance,
};

/** Makes a part ready to run; throws EcoError where its configuration can't work. */
export function preparePart(part: Part, context: RunContext): Promise<PreparedPart> {
  return prepare[part](context);
}
