import { type MessagePort, parentPort, receiveMessageOnPort, workerData } from "node:worker_threads";
import { type Call, type Outcome, SqliteCommits, type Writing } from "./sqlite-commits.ts";

/** What the thread is told: the calls of a turn of the event loop, or that none will come. */
export type ToThread = readonly Call[] | "end";

/** What came of calls; first, that it can take some. */
export type FromThread = readonly Outcome[] | "ready";

/** Writes what it is told, what has come at the same time together, and tells what came of it. */
function serve(port: MessagePort, settings: Writing): void {
  const commits = new SqliteCommits(settings);
  const tell = (message: FromThread): void => port.postMessage(message);
  let ends = false;
  const more = (): readonly Call[] => {
    const calls: Call[] = [];
    for (let next = receiveMessageOnPort(port); next !== undefined; next = receiveMessageOnPort(port)) {
      const message = next.message as ToThread;
      if (message === "end") ends = true;
      else calls.push(...message);
    }
    return calls;
  };
  port.on("message", (message: ToThread) => {
    if (message === "end") ends = true;
    else tell(commits.run([...message, ...more()], more));
    if (!ends) return;
    commits.close();
    port.close();
  });
  tell("ready");
}

if (parentPort !== null) serve(parentPort, workerData as Writing);
