import { spawn } from "node:child_process";
import { once } from "node:events";
import { request } from "node:http";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import type { ReadableStream } from "node:stream/web";

/** `eco portal dev`, ready. */
export interface DevelopedPortal extends AsyncDisposable {
  readonly url: string;
  /** Which edition the home page was made for at first. */
  readonly edition: string;
  /** What an open page is told: the edition that is shown, then each that takes its place. */
  readonly editions: AsyncGenerator<string, void>;
  /** A file as a browser gets it, without what makes it reload. */
  read(path: string): Promise<string>;
  /** What it has said on stderr from now on, until something fits. */
  told(pattern: RegExp): Promise<string>;
  /** Ctrl-C; its exit status. */
  interrupted(): Promise<number | null>;
}

const LISTENER = /<script async src="\/docs\/_dev\/reload\.js" data-edition="([^"]+)"><\/script>/;

/** @param folder where it is started; its temporary files go into `temporary` there */
export async function developed(
  bin: string,
  folder: string,
  flags: readonly string[],
): Promise<DevelopedPortal> {
  const child = spawn(process.execPath, [bin, "portal", "dev", "--port", "0", "--json", ...flags], {
    cwd: folder,
    env: {
      ...process.env,
      TMPDIR: join(folder, "temporary"),
      XDG_CONFIG_HOME: join(folder, "config"),
      XDG_CACHE_HOME: join(folder, "cache"),
    },
  });
  const closed = once(child, "close");
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  const [line] = (await Promise.race([
    once(createInterface(child.stdout), "line"),
    closed.then(() => Promise.reject(new Error(`It never was ready: ${said}`))),
  ])) as [string];
  const { url } = (JSON.parse(line) as { result: { url: string } }).result;
  const leave = new AbortController();
  const fetched = async (path: string): Promise<string> => (await fetch(new URL(path, url))).text();
  return {
    url,
    edition: LISTENER.exec(await fetched(""))?.[1] ?? "",
    editions: dataOf(await fetch(new URL("_dev/editions", url), { signal: leave.signal })),
    read: async (path) => (await fetched(path)).replace(LISTENER, ""),
    async told(pattern) {
      const from = said.length;
      while (!pattern.test(said.slice(from))) await once(child.stderr, "data");
      return said.slice(from);
    },
    async interrupted() {
      child.kill("SIGINT");
      const [status] = (await closed) as [number | null];
      return status;
    },
    async [Symbol.asyncDispose]() {
      leave.abort();
      child.kill();
      await closed;
    },
  };
}

/** The data of each server-sent event. */
async function* dataOf(response: Response): AsyncGenerator<string, void> {
  const body = Readable.fromWeb(response.body as ReadableStream);
  for await (const line of createInterface(body)) {
    const [, data] = /^data: (.*)$/.exec(line) ?? [];
    if (data !== undefined) yield data;
  }
}

/** What a request under another name than this machine's is answered with. */
export function statusFor(url: string, host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request(url, { headers: { host } }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    })
      .on("error", reject)
      .end();
  });
}
