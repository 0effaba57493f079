import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { listen } from "./page-checks.ts";
import { playedRecord } from "./played-record.ts";
import { type Portal, specs } from "./portal-under-test.ts";

/** What the portal shows of how the ecosystem does. */
export function describeRecordInBrowser(portal: () => Portal): void {
  describe("the published record", () => {
    it("is the same to the byte each time it is played, and holds no contact, secret, reason or amount", async () => {
      const shown = await readFile(join(portal().dir, "record.json"), "utf8");
      expect(shown).toBe(await playedRecord(specs));
      expect(shown).not.toMatch(/@|secret|maria|photos|run shows|netMinor|EUR/u);
      // What is asked for and refused is nobody's business; customers are in no directory.
      expect(shown).not.toContain("nordic-apps");
      expect(shown).not.toContain("refused");
    });

    it.each([
      [
        "spacefinder",
        "holds",
        /^Holds, as of 2026-06-30\. harbour signed it for spacefinder, valid until 2027-04-23/u,
      ],
      ["blueline", "refused", /^Does not hold: It has lapsed\.$/u],
      ["lumen-av", "refused", /^Does not hold: /u],
    ])("verifies the certificate of %s in the page: %s", async (party, kind, words) => {
      const { address, browser } = portal();
      // A clock of the reader's within what the certificate is good for.
      const page = await browser.newPage();
      await page.clock.setFixedTime("2026-12-01T00:00:00Z");
      const said = listen(page);
      await page.goto(address(`/partners/${party}/`));
      const outcome = page.locator(`.outcome.${kind}`);
      await outcome.waitFor();
      expect(await outcome.textContent()).toMatch(words);
      expect(said).toEqual([]);
      await page.close();
    });

    it("says of a certificate that was tampered with that it doesn't hold, and of one that ran out since that it has ended", async () => {
      const { address, browser } = portal();
      const page = await browser.newPage();
      await page.clock.setFixedTime("2028-01-01T00:00:00Z");
      await page.goto(address("/partners/spacefinder/"));
      const ended = page.locator(".outcome.ended");
      await ended.waitFor();
      expect(await ended.textContent()).toContain("Has ended since: it held on 2026-06-30.");
      await page.locator(".certificate summary").click();
      const field = page.locator(".certificate textarea");
      const [head = "", claims = "", signature = ""] = (await field.inputValue()).split(".");
      const lie = Buffer.from(claims, "base64url").toString().replace('"spacefinder"', '"kestrel"');
      await field.fill([head, Buffer.from(lie).toString("base64url"), signature].join("."));
      await page.getByRole("button", { name: "Verify what stands there" }).click();
      const refused = page.locator(".outcome.refused");
      await refused.waitFor();
      expect(await refused.textContent()).toBe("Does not hold: Its signature doesn't match what it says.");
      await page.close();
    });

    it("shows each figure beside its plot as a table", async () => {
      const { address, browser } = portal();
      const page = await browser.newPage();
      await page.goto(address("/scorecards/"));
      const card = page.locator("#on-time-rate");
      expect(await card.locator("svg.plot").getAttribute("aria-label")).toContain("target 95");
      await card.locator("summary").click();
      expect(await card.locator("tbody tr").count()).toBe(6);
      await page.goto(address("/trust/"));
      expect(await page.locator("#days-to-certify").textContent()).toContain("3.5 days");
      const notices = await page.locator("[aria-label='Notice of changes'] tbody tr").allTextContents();
      expect(notices).toEqual([
        expect.stringMatching(/^Kits by weight.*taken back 2026-03-07\s*90 days\s*90 days\s*$/u),
        expect.stringMatching(/^Slots of couriers.*2026-06-25\s*90 days\s*110 days\s*kept$/u),
        expect.stringMatching(/^Rooms by the quarter hour.*2026-06-05\s*90 days\s*90 days\s*kept$/u),
      ]);
      await page.close();
    });
  });
}
