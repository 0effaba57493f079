import type { ChildProcessWithoutNullStreams } from "node:child_process";
import type { EcoOptions, Home } from "./eco.ts";

export interface RunningSandbox extends AsyncDisposable {
  readonly url: string;
  /** What it said when it was ready. */
  readonly started: Readonly<Record<string, unknown>>;
  readonly child: ChildProcessWithoutNullStreams;
  /** What it has said to people so far. */
  readonly told: string;
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

/** `eco sandbox start` on a free port; ready when it says so. */
export async function startSandbox(
  home: Home,
  args: readonly string[] = ["--database", "memory"],
  options: EcoOptions = {},
): Promise<RunningSandbox> {
  const port = args.includes("--port") ? [] : ["--port", "0"];
  const child = home.start(["sandbox", "start", ...port, "--json", ...args], options);
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
    stderr += chunk;
  });
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  const line = await Promise.race([firstLine(child), ended.then(() => undefined)]);
  if (line === undefined) throw new Error(`The sandbox did not start:\n${stderr}`);
  const stop: RunningSandbox["stop"] = (signal = "SIGTERM") => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    return ended;
  };
  const { result } = JSON.parse(line) as { result?: { url: string } & Record<string, unknown> };
  if (result === undefined) throw new Error(`The sandbox did not start:\n${line}\n${stderr}`);
  return {
    url: result.url,
    started: result,
    child,
    get told() {
      return stderr;
    },
    stop,
    async [Symbol.asyncDispose]() {
      await stop();
    },
  };
}

/** An access token of a stand-in. `url` is the sandbox's, or that of a tenant of it. */
export async function signIn(url: string, party: string): Promise<string> {
  const credentials = { client_id: `sandbox-${party}`, client_secret: `sandbox-${party}-secret` };
  const answer = await fetch(`${url}/v1/oauth/token`, {
    method: "POST",
    body: new URLSearchParams({ grant_type: "client_credentials", ...credentials }),
  });
  if (answer.status !== 200) throw new Error(`${party} can't sign in: ${await answer.text()}`);
  return ((await answer.json()) as { access_token: string }).access_token;
}

/** The first line that a program prints. */
export function firstLine(child: ChildProcessWithoutNullStreams): Promise<string> {
  return new Promise((resolve) => {
    let text = "";
    child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
      text += chunk;
      if (text.includes("\n")) resolve(text.slice(0, text.indexOf("\n")));
    });
  });
}
