import { HttpResponse, http } from "msw";
import { createSandbox } from "../../sandbox/index.ts";
import { writeBundle } from "../../sandbox/session/files.ts";
import { loadCatalog } from "../../specs/engine/catalog/load.ts";
import { delivery, signIn } from "../sandbox/hosts/exchanges.ts";

/** What a test leaves that failed after one delivery, with texts that a page must not take for markup. */
export async function leaveBundle(specs: string, path: string): Promise<void> {
  const { catalog } = await loadCatalog(specs);
  // A caterer's own build, whose answer holds markup too.
  const order = { id: "lunch", product: "catering-cover", customer: "nordic-apps", status: "declined" };
  const times = { scheduledFor: "2030-03-17T09:30:00Z", updatedAt: "2030-03-16T08:00:00Z" };
  const body = JSON.stringify({ ...order, ...times, reason: "<b>fully booked</b>" });
  const sandbox = await createSandbox({
    catalog,
    caller: async () => ({ kind: "answered", status: 201, headers: {}, body }),
  });
  sandbox.use(http.get("*/v1/own", () => HttpResponse.text("mine")));
  await sandbox.control.session.keep();
  await sandbox.control.parties.forward("fjord-catering", "https://kitchen.test");
  const ask = (target: string, headers: Record<string, string>, body: string): Promise<Response> =>
    sandbox.fetch(new Request(`http://sandbox.test${target}`, { method: "POST", headers, body }));
  const { path: tokens, headers: form = {}, body: secret = "" } = signIn("blueline");
  const signedIn = (await (await ask(tokens, form, secret)).json()) as { access_token: string };
  const headers = { "content-type": "application/json", authorization: `Bearer ${signedIn.access_token}` };
  await ask("/v1/deliveries", headers, JSON.stringify(delivery));
  await ask("/v1/feedback", headers, JSON.stringify({ comment: "<script>alert(1)</script>" }));
  const lunch = {
    id: "lunch",
    product: "catering-cover",
    customer: "nordic-apps",
    provider: "fjord-catering",
    parties: { broker: "spacefinder", supplier: "kestrel" },
    scheduledFor: times.scheduledFor,
    usage: { covers: 37 },
  };
  await sandbox.control.decisions.act("work-orders.create", lunch, "spacefinder");
  await sandbox.settle();
  await sandbox.fetch(new Request("http://sandbox.test/v1/own"));
  await sandbox.control.clock.set({ advance: "PT2H" });
  const failure = { name: "a test <b>", message: "expected <img src=x> to be there" };
  await writeBundle(sandbox, path, { failure, log: ["<b>a line</b>"] });
  await sandbox.close();
}
