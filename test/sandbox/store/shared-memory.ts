import { MemoryStore } from "../../../sandbox/store/memory/memory.ts";
import type { Store } from "../../../sandbox/store/store.ts";

/**
 * One store for several sandboxes that are to know of each other only what they read in it, as processes on one database
 * do. It closes with none of them.
 */
export function sharedMemory(): () => Store {
  const store = new MemoryStore();
  return () => {
    let asked = 0;
    return new Proxy(store, {
      get(target, name) {
        if (name === "changesElsewhere") {
          return () => {
            asked += 1;
            return asked;
          };
        }
        const value: unknown = Reflect.get(target, name, target);
        return typeof value === "function" ? value.bind(target) : value;
      },
    });
  };
}
