import { HttpResponse, http } from "msw";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { TestSandbox } from "../../../sandbox/testing/index.ts";
import { launchBrowser } from "../../support/browser.ts";
import { openTestSandbox } from "./open-test-sandbox.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

async function routed(): Promise<{ readonly sandbox: TestSandbox; readonly page: Page }> {
  const sandbox = await openTestSandbox({ host: "none" });
  const page = await browser.newPage();
  await sandbox.route(page);
  await page.setContent("<title>A page that uses the API</title>");
  return { sandbox, page };
}

/** What the page's own `fetch` comes to: status and bytes, or the name of the error. */
const asked = async (sandbox: TestSandbox, page: Page, path: string): Promise<unknown> =>
  page.evaluate(
    async ([address, token]) =>
      fetch(address, { headers: { authorization: `Bearer ${token}` } }).then(
        async (answer) => [answer.status, ...new Uint8Array(await answer.arrayBuffer())],
        (error: Error) => error.name,
      ),
    [`${sandbox.url}${path}`, await sandbox.token("blueline")] as const,
  );

it.each([
  ["that is dropped", { drop: true }],
  ["that is cut off within", { body: "truncated" }],
] as const)(
  "an answer %s is a network error for a routed page, and the next one is whole",
  async (_what, fault) => {
    const { sandbox, page } = await routed();
    await sandbox.faults.add({ operation: "listParties", count: 1, ...fault });
    expect(await asked(sandbox, page, "/v1/parties")).toBe("TypeError");
    expect(await asked(sandbox, page, "/v1/parties")).toEqual(expect.arrayContaining([200]));
  },
);

it("bytes that are no text reach a routed page as they are", async () => {
  const { sandbox, page } = await routed();
  sandbox.use(http.get("*/picture", () => new HttpResponse(new Uint8Array([255, 254, 0]))));
  expect(await asked(sandbox, page, "/picture")).toEqual([200, 255, 254, 0]);
});

it("a page isn't answered any more once the sandbox is closed", async () => {
  const { sandbox, page } = await routed();
  const ask = (): Promise<unknown> =>
    page.evaluate(
      (address) =>
        fetch(address).then(
          (answer) => answer.status,
          (error: Error) => error.name,
        ),
      `${sandbox.url}/v1/parties`,
    );
  expect(await ask()).toBe(401);
  await sandbox.close();
  // Nobody listens there: the page meets what it meets without a sandbox.
  expect(await ask()).toBe("TypeError");
});
