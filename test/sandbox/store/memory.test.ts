import { MemoryStore } from "../../../sandbox/store/memory/memory.ts";
import { describeStore } from "./conformance.ts";

describeStore("memory", async () => new MemoryStore());
