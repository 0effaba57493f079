import { describe, expect, it } from "vitest";
import { describeBuiltPages } from "./built-pages.ts";
import { describeEarnInBrowser } from "./earn-in-browser.ts";
import { describeLiveInBrowser } from "./live-in-browser.ts";
import { describeMapInBrowser } from "./map-in-browser.ts";
import { describeOtherEcosystem } from "./other-ecosystem.ts";
import { describePagesInBrowser } from "./pages-in-browser.ts";
import { usePortal } from "./portal-under-test.ts";
import { describeRecordInBrowser } from "./record-in-browser.ts";
import { describeSearchInBrowser } from "./search-in-browser.ts";
import { describeToolsInBrowser } from "./tools-in-browser.ts";
import { describeTryInBrowser } from "./try-in-browser.ts";

// One build, one server and one browser for all that is asked of the portal: a build takes as long as all the rest.
const portal = usePortal();

describeBuiltPages(portal);
describePagesInBrowser(portal);
describeToolsInBrowser(portal);
describeTryInBrowser(portal);
describeLiveInBrowser(portal);
describeEarnInBrowser(portal);
describeMapInBrowser(portal);
describeSearchInBrowser(portal);
describeRecordInBrowser(portal);
describeOtherEcosystem(portal);

describe("the server", () => {
  it("answers an unknown address with the portal's own page and status 404", async () => {
    const answer = await fetch(portal().address("/nothing/here/"));
    expect(answer.status).toBe(404);
    expect(await answer.text()).toContain("There is no page at this address");
  });

  it("sends a policy without unsafe-inline or unsafe-eval", async () => {
    const policy = (await fetch(portal().address("/"))).headers.get("content-security-policy") ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/'unsafe-(inline|eval)'/u);
  });
});
