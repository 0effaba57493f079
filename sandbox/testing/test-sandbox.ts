import type { RequestHandler } from "msw";
import type { WebhookSender } from "../events/sender.ts";
import { handlersOf } from "../hosts/handlers.ts";
import type { Sandbox } from "../pipeline/sandbox.ts";
import type { BundleFailure } from "../session/bundle-format.ts";
import { type ClientCredentials, type ClientFetch, clientOf, tokenFor } from "./client.ts";
import { Inbox, type Receive } from "./inbox.ts";
import { type RoutablePage, routeThrough } from "./route-page.ts";
import type { Leave, OnFailure, Tested } from "./tested.ts";
import { checkTimers } from "./timers.ts";
import { VirtualTime } from "./virtual-time.ts";

export interface InboxOptions {
  /** Whose events. */
  readonly as: string;
  /** CloudEvents types, or domain event names; all that the party may read where left out. */
  readonly types?: readonly string[];
  /** `whsec_…`, for a receiver that is set up before; a new one where left out. */
  readonly secret?: string;
  /** One's own receiver: gets the signed request, and its answer decides on retries. Default: 204. */
  readonly answer?: Receive;
}

/** What a test decides, on whatever host. */
export interface TestOptions {
  /** Virtual time at the start; the clock then stands still until it is moved. Default: it runs with the wall clock. */
  readonly now?: string;
  /** How far assertions move the virtual clock while they wait, an ISO 8601 duration. Default `PT1H`. */
  readonly patience?: string;
  /** MSW handlers of one's own that answer in the place of operations. */
  readonly handlers?: readonly RequestHandler[];
  readonly onFailure?: OnFailure;
}

export interface TestSandboxParts {
  readonly sandbox: Sandbox;
  readonly inboxes: Inboxes;
  readonly url: string;
  /** How a request gets to the host. */
  send(request: Request): Promise<Response>;
  close(): Promise<void>;
  /** Where a bundle is asked for. */
  readonly leave?: Leave;
}

/** A sandbox within a test suite. */
export class TestSandbox implements Tested, AsyncDisposable {
  /** Where requests are answered: `http://sandbox.localhost` in process, a free port over HTTP. */
  readonly url: string;
  readonly clock: VirtualTime;
  /** The sandbox itself: its store, its catalogue, its report. */
  readonly sandbox: Sandbox;
  /** How far assertions move the virtual clock while they wait, an ISO 8601 duration. */
  readonly patience: string;
  readonly onFailure: OnFailure | undefined;
  /** Postings that an assertion has accounted for, by sequence. */
  readonly accounted = new Set<number>();
  readonly #parts: TestSandboxParts;
  readonly #now: string | undefined;
  #booksFrom = 0;
  #closed: Promise<void> | undefined;
  /** What ends the answers to each routed page. */
  readonly #routes: (() => Promise<void>)[] = [];

  private constructor(parts: TestSandboxParts, { now, patience = "PT1H", onFailure }: TestOptions) {
    this.#parts = parts;
    this.#now = now;
    this.url = parts.url;
    this.sandbox = parts.sandbox;
    this.patience = patience;
    this.onFailure = onFailure;
    this.clock = new VirtualTime(parts.sandbox);
  }

  static async open(parts: TestSandboxParts, options: TestOptions): Promise<TestSandbox> {
    const test = new TestSandbox(parts, options);
    test.use(...(options.handlers ?? []));
    await test.#startClock();
    return test;
  }

  async #startClock(): Promise<void> {
    if (this.#now !== undefined) await this.sandbox.control.clock.set({ set: this.#now, mode: "frozen" });
  }

  /** The operations as MSW handlers, for a `setupServer` or `setupWorker` of one's own. Put those of one's own first. */
  get handlers(): RequestHandler[] {
    return handlersOf(this.sandbox, { baseUrl: this.url });
  }

  /** Handlers of one's own that answer in the place of operations, on whatever host. The latest come first. */
  use(...handlers: RequestHandler[]): void {
    this.sandbox.use(...handlers);
  }

  /** Takes away what `use` added. */
  resetHandlers(): void {
    this.sandbox.resetHandlers();
  }

  /** `fetch` with paths relative to the sandbox; rejects where the connection is cut, on whatever host. */
  async fetch(path: string, init?: RequestInit): Promise<Response> {
    checkTimers();
    if (this.#closed !== undefined)
      throw new TypeError(
        `The sandbox is closed, and ${path} was asked of it: close it after the last request.`,
      );
    const answer = await this.#parts.send(new Request(new URL(path, `${this.url}/`), init));
    if (answer.type === "error") throw new TypeError("fetch failed: the connection was cut.");
    return answer;
  }

  /** `fetch` as a party: `const blueline = sandbox.as("blueline"); await blueline("/v1/deliveries", { json: … })`. */
  as(who: string | ClientCredentials): ClientFetch {
    return clientOf(this.sandbox, who, (path, init) => this.fetch(path, init));
  }

  /** An access token of a party, for the client that is being tested. */
  token(who: string | ClientCredentials): Promise<string> {
    return tokenFor(this.sandbox, who);
  }

  /** Has the events of a party arrive within the test. */
  async receive(options: InboxOptions): Promise<Inbox> {
    // What happened before isn't for it.
    await this.settle();
    const { as: party, types = [], secret, answer = () => new Response(null, { status: 204 }) } = options;
    const url = `https://inbox.test/${this.#parts.inboxes.size + 1}`;
    const endpoint = await this.sandbox.control.endpoints.register({
      party,
      url,
      types: [...types],
      ...(secret === undefined ? {} : { secret }),
    });
    const inbox = new Inbox({ test: this, url, party, secret: endpoint.secret, answer });
    this.#parts.inboxes.add(inbox);
    return inbox;
  }

  /** What goes wrong on purpose: `await sandbox.faults.add({ operation: "submitDelivery", status: 503, count: 3 })`. */
  get faults(): Sandbox["faults"] {
    return this.sandbox.faults;
  }

  /** Tells a stand-in how to act: `on-time`, `late:25m`, `decline`, `silent`, `disputing`. */
  async behave(partyId: string, behaviour: string): Promise<void> {
    await this.sandbox.control.parties.behave(partyId, behaviour);
  }

  /** Has a build of one's own answer in a stand-in's place; without a URL the sandbox plays it again. */
  async forward(partyId: string, url?: string): Promise<void> {
    await this.sandbox.control.parties.forward(partyId, url);
  }

  /** Back to the seed and to the time of the start: what happened is gone, inboxes included. */
  async reset(): Promise<void> {
    await this.sandbox.control.reset();
    await this.#startClock();
    this.#parts.inboxes.clear();
    this.accounted.clear();
    this.#booksFrom = 0;
  }

  /** From here on, only what is booked later counts for "nothing else was booked". */
  async startBooks(): Promise<void> {
    const { store, tenant } = this.sandbox;
    for (;;) {
      const page = await store.reader(tenant).postings({ after: this.#booksFrom, limit: 1000 });
      this.#booksFrom = page.at(-1)?.sequence ?? this.#booksFrom;
      if (page.length < 1000) return;
    }
  }

  /** The posting after which the books of this test begin. */
  get booksFrom(): number {
    return this.#booksFrom;
  }

  /** Answers the requests that a Playwright page makes to the sandbox, in the test's own process, until it is closed. */
  async route(page: RoutablePage): Promise<void> {
    this.#routes.push(await routeThrough(page, this.url, (request) => this.sandbox.fetch(request)));
  }

  /** Everything that is due at this moment of virtual time has happened when it resolves. */
  settle(): Promise<void> {
    return this.sandbox.settle();
  }

  /**
   * Leaves the bundle that `startSandbox({ bundle })` asked for, where no check has left it yet: for what fails elsewhere
   * in a test. Resolves to a line that says where it is, or why it couldn't be left.
   */
  async leave(failure: BundleFailure): Promise<string | undefined> {
    return this.#parts.leave?.(failure);
  }

  /** `await using sandbox = await startSandbox()` closes it at the end of the block. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** Once, however often it is asked for. */
  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #close(): Promise<void> {
    await Promise.all(this.#routes.map((end) => end()));
    await this.#parts.close();
  }
}

/** The inboxes of a test, by address. */
export class Inboxes {
  readonly #byUrl = new Map<string, Inbox>();

  get size(): number {
    return this.#byUrl.size;
  }

  add(inbox: Inbox): void {
    this.#byUrl.set(inbox.url, inbox);
  }

  clear(): void {
    for (const inbox of this.#byUrl.values()) inbox.close();
    this.#byUrl.clear();
  }

  /** What is for an inbox goes there, all else over the network. */
  sender(network: WebhookSender): WebhookSender {
    return (request) => this.#byUrl.get(request.url)?.take(request) ?? network(request);
  }
}
