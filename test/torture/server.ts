import { nodeSender } from "../../sandbox/events/send-node.ts";
import { createSandbox, listen, openStore } from "../../sandbox/index.ts";
import type { Store } from "../../sandbox/store/store.ts";
import { loadCatalog } from "../../specs/engine/catalog/load.ts";
import type { Point } from "./points.ts";

/**
 * The sandbox as a process that dies at a named point: node server.ts SPECS DATABASE [POINT NTH].
 * The points are found from outside, around the store, the sender and the exchange: the sandbox itself knows of none.
 */
const [specs = "specs", database = "memory", point = "", nth = "1"] = process.argv.slice(2);
let left = Number(nth);

function reached(name: Point): void {
  if (name !== point) return;
  left -= 1;
  if (left <= 0) process.kill(process.pid, "SIGKILL");
}

function watched(store: Store): Store {
  const apply: Store["apply"] = async (changeset) => {
    const answersSomebody = changeset.idempotency !== undefined;
    if (answersSomebody) reached("before-commit");
    const outcome = await store.apply(changeset);
    if (answersSomebody) reached("before-answer");
    return outcome;
  };
  const alone: Store["alone"] = async (tenant, work) => {
    let answersSomebody = false;
    const result = await store.alone(tenant, ({ reader, apply }) =>
      work({
        reader,
        async apply(changeset) {
          answersSomebody = changeset.idempotency !== undefined;
          const outcome = await apply(changeset);
          if (answersSomebody) reached("before-commit");
          return outcome;
        },
      }),
    );
    if (answersSomebody) reached("before-answer");
    return result;
  };
  return new Proxy(store, {
    get(target, name) {
      if (name === "apply") return apply;
      if (name === "alone") return alone;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}

const { catalog } = await loadCatalog(specs);
const send = nodeSender({ allowLoopback: true });
const sandbox = await createSandbox({
  catalog,
  store: watched(await openStore(database)),
  seed: "torture",
  allowLoopbackWebhooks: true,
  sender: async (request) => {
    const result = await send(request);
    reached("before-record");
    return result;
  },
  // The answer is on its way when the next turn of the loop begins, and nothing was dispatched yet.
  onExchange: ({ method, status }) => {
    if (method === "POST" && status === 201) setImmediate(() => reached("before-dispatch"));
  },
});
const { url, close } = await listen(sandbox, { port: 0, tickMs: 50 });
console.log(url);
process.once("SIGTERM", () => void close().finally(() => process.exit()));
