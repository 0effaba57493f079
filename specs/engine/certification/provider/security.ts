import type { Operation } from "../../catalog/types.ts";
import { type CheckTable, held, type Observation, skipped, violated } from "../check.ts";
import { leakIn } from "../http/leaks.ts";
import { about, type ProviderRun, perOperation, refusedWith, unable, unexpected } from "./checks.ts";
import { isProtected, type LogEntry } from "./context.ts";
import { exercise } from "./core.ts";
import { creatorOf, itemOperation, itemPathOf } from "./resources.ts";
import { isSuccess } from "./responses.ts";
import { forgeries, underWrongScheme, unsigned } from "./tokens.ts";

type Credentials = Readonly<Record<string, string>>;

function usesTokens(operation: Operation): boolean {
  return operation.security.flat().some(({ scheme }) => {
    const bearer = scheme.type === "http" && scheme.scheme?.toLowerCase() === "bearer";
    return bearer || scheme.type === "oauth2" || scheme.type === "openIdConnect";
  });
}

/** One request that is right but for its credentials. */
async function withCredentials(
  run: ProviderRun,
  operation: Operation,
  credentials: Credentials,
  what: string,
  want: number,
): Promise<Observation> {
  const { path } = await run.resources.fresh(operation);
  const exchange = await run.context.call(operation, { purpose: "broken", path, credentials });
  if (!refusedWith(exchange, want)) return unexpected(what, exchange, String(want));
  return held(`${what} is refused with ${want}.`, { evidence: [exchange] });
}

function perProtected(
  run: ProviderRun,
  make: (genuine: Credentials) => Credentials,
  what: string,
  applies: (operation: Operation) => boolean = isProtected,
): AsyncIterable<Observation> {
  return perOperation(run, applies, async (operation) => {
    const lacking = await unable(run, operation);
    return lacking ?? withCredentials(run, operation, make(run.context.target.credentials ?? {}), what, 401);
  });
}

function hasScopes(operation: Operation): boolean {
  return (
    operation.security.length > 0 &&
    operation.security.every((all) => all.some((one) => one.scopes.length > 0))
  );
}

/** Is it about a resource that one of its tenants has made? */
function ofOneResource(run: ProviderRun, operation: Operation): boolean {
  const item = itemPathOf(operation);
  return item !== undefined && creatorOf(run.context, item) !== undefined;
}

async function foreignRead(run: ProviderRun, operation: Operation): Promise<Observation> {
  const { otherCredentials } = run.context.target;
  if (otherCredentials === undefined) {
    return skipped("not-configured", "The run was given no credentials of another tenant.");
  }
  const { path, history } = await run.resources.fresh(operation);
  const own = await run.context.call(operation, { purpose: "valid", path });
  if (!isSuccess(own.response))
    return unexpected("Reading the own resource", own, "2xx", { evidence: [...history, own] });
  const exchange = await run.context.call(operation, {
    purpose: "broken",
    path,
    credentials: otherCredentials,
  });
  const evidence = [own, exchange];
  if (!refusedWith(exchange, 404))
    return unexpected("The resource of another tenant", exchange, "404", { evidence });
  return held("The resource of another tenant is answered with 404.", { evidence });
}

/** What another tenant tries to change: refused as if it weren't there, and afterwards as it was. */
async function foreignChange(run: ProviderRun, operation: Operation): Promise<Observation> {
  const { otherCredentials } = run.context.target;
  if (otherCredentials === undefined) {
    return skipped("not-configured", "The run was given no credentials of another tenant.");
  }
  const lacking = await unable(run, operation);
  if (lacking !== undefined) return lacking;
  const { path } = await run.resources.ready(operation);
  const exchange = await run.context.call(operation, {
    purpose: "broken",
    path,
    credentials: otherCredentials,
  });
  if (!refusedWith(exchange, 404)) return unexpected("A change by another tenant", exchange, "404");
  return held("A change by another tenant is answered with 404.", { evidence: [exchange] });
}

export const securityChecks: CheckTable<ProviderRun> = {
  "provider.security.no-credentials": (run) =>
    perOperation(run, isProtected, async (operation) =>
      withCredentials(run, operation, {}, "A request without credentials", 401),
    ),

  "provider.security.wrong-scheme": (run) =>
    perProtected(run, underWrongScheme, "A scheme that is not declared"),

  "provider.security.forged-token": (run) =>
    perOperation(run, isProtected, async (operation) => {
      const lacking = await unable(run, operation);
      if (lacking !== undefined) return lacking;
      for (const { what, make } of forgeries) {
        const credentials = make(run.context.target.credentials ?? {});
        const observation = await withCredentials(run, operation, credentials, what, 401);
        if (observation.result !== "held") return observation;
      }
      return held("Forged credentials are refused with 401.", { cases: forgeries.length });
    }),

  "provider.security.alg-none": (run) =>
    perProtected(
      run,
      (genuine) => unsigned(genuine, run.context.run.now()),
      "An unsigned token",
      (operation) => isProtected(operation) && usesTokens(operation),
    ),

  "provider.security.expired-token": (run) =>
    perOperation(run, isProtected, async (operation) => {
      const { expiredCredentials } = run.context.target;
      if (expiredCredentials !== undefined) {
        return withCredentials(run, operation, expiredCredentials, "An expired credential", 401);
      }
      return skipped("not-configured", "The run was given no expired credentials.");
    }),

  "provider.security.missing-scope": (run) =>
    perOperation(run, hasScopes, async (operation) => {
      const { limitedCredentials } = run.context.target;
      if (limitedCredentials !== undefined) {
        return withCredentials(run, operation, limitedCredentials, "A credential without the scope", 403);
      }
      return skipped("not-configured", "The run was given no credentials without scopes.");
    }),

  "provider.security.foreign-resource": (run) =>
    perOperation(
      run,
      (operation) => {
        const item = itemPathOf(operation);
        return (
          isProtected(operation) &&
          item !== undefined &&
          itemOperation(run.context, item, "GET") === operation
        );
      },
      (operation) => foreignRead(run, operation),
    ),

  "provider.security.foreign-change": (run) =>
    perOperation(
      run,
      (operation) => isProtected(operation) && operation.method !== "GET" && ofOneResource(run, operation),
      (operation) => foreignChange(run, operation),
    ),
};

/** Looks back at all errors, so it comes after the other checks. */
export const leakChecks: CheckTable<ProviderRun> = {
  async *"provider.security.no-leaks"(run) {
    const { target } = run.context;
    const all = [
      target.credentials,
      target.limitedCredentials,
      target.otherCredentials,
      target.expiredCredentials,
    ];
    const secrets = all.flatMap((headers) => Object.values(headers ?? {}));
    for (const operation of run.context.operations) {
      const own = (): LogEntry[] => run.context.log.filter((one) => one.operation.id === operation.id);
      if (own().length === 0) await exercise(run, operation);
      const errors = own().filter((one) => (one.exchange.response?.status ?? 0) >= 400);
      if (errors.length === 0) continue;
      const more = { ...about(operation), cases: errors.length };
      const leaking = errors.find((one) => leakIn(one.exchange.response, secrets) !== undefined);
      if (leaking === undefined) {
        yield held(`${errors.length} errors give nothing away.`, more);
      } else {
        const what = leakIn(leaking.exchange.response, secrets);
        yield violated(`An error gives away ${what}.`, { evidence: [leaking.exchange], ...more });
      }
    }
  },
};
