import { startSandbox, type TestSandbox } from "eco-partner-toolkit/testing";
import { matchers } from "eco-partner-toolkit/testing/vitest";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { launchBrowser } from "../support/browser.ts";

expect.extend(matchers);

// A stand-in for the front end under test: it submits a delivery to the API that it is configured with.
const page = (api: string, token: string): string => `<!doctype html><title>Drivers</title>
  <button>Deliver</button><output></output>
  <script type="module">
    document.querySelector("button").onclick = async () => {
      const answer = await fetch("${api}/v1/deliveries", {
        method: "POST",
        headers: { "content-type": "application/json", authorization: "Bearer ${token}" },
        body: JSON.stringify({
          id: "leg-7", product: "express-leg", customer: "nordic-apps", startedAt: "2026-03-16T11:45:00",
          usage: { distanceMiles: 920, arrivalDelayMinutes: 0 },
          parties: { forwarder: "wayfare", carrier: "blueline" },
        }),
      });
      document.querySelector("output").textContent = (await answer.json()).status;
    };
  </script>`;

let browser: Browser;
let sandbox: TestSandbox;

beforeAll(async () => {
  browser = await launchBrowser();
  sandbox = await startSandbox({ host: "none", now: "2026-03-16T08:00:00Z" });
});
afterAll(async () => {
  await browser.close();
  await sandbox.close();
});

it("books what the page submits", async () => {
  const tab = await browser.newPage();
  await sandbox.route(tab);
  await tab.setContent(page(sandbox.url, await sandbox.token("blueline")));
  await tab.getByRole("button").click();
  await tab.getByText("rated").waitFor();
  await expect(sandbox).toHaveRated("leg-7", { netMinor: 14431, payableMinor: 15874 });
});
