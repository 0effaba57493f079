import { type MessagePort, parentPort, receiveMessageOnPort, workerData } from "node:worker_threads";
import { type Call, type Outcome, SqliteCommits, type Writing } from "./commits.ts";

/** What the thread is told: the calls of a turn of the event loop, or that none will come. */
export type ToThread = readonly Call[] | "end";

/** What came of calls; first, that it can take some. */
export type FromThread = readonly Outcome[] | "ready";

/** Writes what it is told, what has come at about the same time together, and tells what came of it. */
function serve(port: MessagePort, settings: Writing): void {
  const commits = new SqliteCommits(settings);
  const tell = (message: FromThread): void => port.postMessage(message);
  const queue: Call[] = [];
  let ends = false;
  const take = (message: ToThread): void => {
    if (message === "end") ends = true;
    else queue.push(...message);
  };
  const next = (): Call | undefined => {
    if (queue.length === 0) {
      const received = receiveMessageOnPort(port);
      if (received !== undefined) take(received.message);
    }
    return queue.shift();
  };
  port.on("message", (message: ToThread) => {
    take(message);
    while (queue.length > 0) tell(commits.run(next));
    if (!ends) return;
    commits.close();
    port.close();
  });
  tell("ready");
}

if (parentPort !== null) serve(parentPort, workerData as Writing);
