/** Takes the place of the thread that writes to an SQLite database: its disk takes nothing. */
import { parentPort } from "node:worker_threads";
import type { FromThread, ToThread } from "../../../sandbox/store/sqlite/thread-program.ts";

const tell = (message: FromThread): void => parentPort?.postMessage(message);

parentPort?.on("message", (message: ToThread) => {
  if (message === "end") parentPort?.close();
  else tell(message.map(({ id }) => ({ id, unusable: { message: "no disk", fix: "Find one." } })));
});
tell("ready");
