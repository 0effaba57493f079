import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { packageRoot } from "../../specs/engine/package-root.ts";
import { clientApis, clientSource } from "./client.ts";
import { eventsSource, receivedMessages } from "./events.ts";
import { firstCall } from "./first-call.ts";
import type { StarterParts } from "./member.ts";
import { projectFiles } from "./project.ts";
import { readmeSource } from "./readme.ts";

/** Files of every starter, as they are; those of the receiver only where the ecosystem has messages. */
const PLAIN = ["src/access.ts", "src/sender.ts", "src/token-source.ts", "test/certification.test.ts"];
const RECEIVER = ["src/main.ts", "src/memory.ts", "src/receiver.ts"];

/** A project for a partner, file by file: made of the spec set, so that it fits whichever ecosystem that describes. */
export async function starterFiles(starter: StarterParts): Promise<ReadonlyMap<string, string>> {
  const { catalog, types } = starter;
  const apis = clientApis(catalog);
  const call = firstCall(starter, apis);
  const receives = receivedMessages(catalog).length > 0;
  const files = new Map(projectFiles(starter, call));
  files.set("README.md", readmeSource(starter, apis, call));
  for (const name of [...PLAIN, ...(receives ? RECEIVER : [])]) files.set(name, await templateFile(name));
  files.set("src/client.ts", clientSource(catalog, apis));
  if (receives) files.set("src/events.ts", eventsSource(catalog));
  if (call !== undefined) files.set("src/first-call.ts", call.source);
  for (const [name, text] of types) files.set(`src/types/${name}`, text);
  return files;
}

const templateFile = (name: string): Promise<string> =>
  readFile(join(packageRoot(), "cli/scaffold/template", name), "utf8");
