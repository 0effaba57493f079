import type { RequestHandler } from "msw";
import { handlersOf } from "../hosts/handlers.ts";
import type { Sandbox } from "../pipeline/sandbox.ts";
import type { BundleFailure } from "../session/bundle-format.ts";
import { type ClientCredentials, type ClientFetch, clientOf, tokenFor } from "./client.ts";
import { Inbox } from "./inbox.ts";
import { checkInboxOptions, type Inboxes, type InboxOptions } from "./inboxes.ts";
import { isObject, show } from "./match.ts";
import { type RoutablePage, routeThrough } from "./route-page.ts";
import type { Leave, OnFailure, Tested } from "./tested.ts";
import { checkTimers } from "./timers.ts";
import { VirtualTime } from "./virtual-time.ts";

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
  /** How far assertions move the virtual clock while they wait, an ISO 8601 duration. */
  readonly patience: string;
  readonly onFailure: OnFailure | undefined;
  /** Postings that an assertion has accounted for, by sequence. */
  readonly accounted = new Set<number>();
  readonly #parts: TestSandboxParts;
  readonly #now: string | undefined;
  #booksFrom = 0;
  #exchangesFrom = 0;
  #closed: Promise<void> | undefined;
  /** What ends the answers to each routed page. */
  readonly #routes: (() => Promise<void>)[] = [];

  private constructor(parts: TestSandboxParts, { now, patience = "PT1H", onFailure }: TestOptions) {
    this.#parts = parts;
    this.#now = now;
    this.url = parts.url;
    this.patience = patience;
    this.onFailure = onFailure;
    this.clock = new VirtualTime(this);
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

  /**
   * The sandbox itself: its store, its catalogue, its report.
   * @throws TypeError once it is closed: what is asked of it then is asked in vain, and what never came would hold
   */
  get sandbox(): Sandbox {
    this.#checkOpen("it was used");
    return this.#parts.sandbox;
  }

  #checkOpen(what: string): void {
    if (this.#closed === undefined) return;
    throw new TypeError(`The sandbox is closed, and ${what}: close it after the last request and check.`);
  }

  /** The operations as MSW handlers, for a `setupServer` or `setupWorker` of one's own. Put those of one's own first. */
  get handlers(): RequestHandler[] {
    return handlersOf(this.sandbox, { baseUrl: this.url });
  }

  /** Handlers of one's own that answer in the place of operations, on whatever host. The latest come first. */
  use(...handlers: RequestHandler[]): void {
    checkHandlers(handlers);
    this.sandbox.use(...handlers);
  }

  /** Takes away what `use` added. */
  resetHandlers(): void {
    this.sandbox.resetHandlers();
  }

  /** `fetch` with paths relative to the sandbox; rejects where the connection is cut, on whatever host. */
  async fetch(path: string, init?: RequestInit): Promise<Response> {
    checkTimers();
    this.#checkOpen(`${path} was asked of it`);
    const url = new URL(path, `${this.url}/`);
    if (url.origin !== new URL(this.url).origin)
      throw new TypeError(
        `${path} isn't of the sandbox, which is at ${this.url}: give a path such as /v1/parties.`,
      );
    const answer = await this.#parts.send(new Request(url, init));
    if (answer.type === "error") throw new TypeError("fetch failed: the connection was cut.");
    return answer;
  }

  /** `fetch` as a party: `const blueline = sandbox.as("blueline"); await blueline("/v1/deliveries", { json: … })`. */
  as(who: string | ClientCredentials): ClientFetch {
    return clientOf(this.#parts.sandbox, who, (path, init) => this.fetch(path, init));
  }

  /** An access token of a party, for the client that is being tested. */
  async token(who: string | ClientCredentials): Promise<string> {
    return tokenFor(this.sandbox, who);
  }

  /** Has the events of a party arrive within the test. */
  async receive(options: InboxOptions): Promise<Inbox> {
    checkInboxOptions(options);
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
    this.#exchangesFrom = this.sandbox.control.log.read({ limit: 1 }).items.at(-1)?.sequence ?? 0;
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

  /** The exchange after which this test begins. */
  get exchangesFrom(): number {
    return this.#exchangesFrom;
  }

  /** Answers the requests that a Playwright page makes to the sandbox, in the test's own process, until it is closed. */
  async route(page: RoutablePage): Promise<void> {
    const { sandbox } = this;
    this.#routes.push(await routeThrough(page, this.url, (request) => sandbox.fetch(request)));
  }

  /** Everything that is due at this moment of virtual time has happened when it resolves. */
  async settle(): Promise<void> {
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

/** From JavaScript a list may come in the place of its members, which would answer nothing. @throws TypeError */
function checkHandlers(handlers: readonly unknown[]): void {
  for (const each of handlers) {
    if (isObject(each) && typeof each["run"] === "function") continue;
    throw new TypeError(`${show(each)} is no handler of MSW: give each as an argument, use(http.get(…), …).`);
  }
}
