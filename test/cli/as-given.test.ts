import { expect, it } from "vitest";
import { asGiven } from "../../cli/config/as-given.ts";

const setting = (value: string, source: string) => ({ value, source });

it.each([
  {
    what: "nothing where nothing was given",
    profileName: setting("default", "default"),
    sandbox: setting("http://127.0.0.1:4010", "/home/me/eco.config.yaml"),
    want: "",
  },
  {
    what: "the profile and the sandbox that flags named",
    profileName: setting("blueline", "--profile"),
    sandbox: setting("https://sandbox.example", "--sandbox"),
    want: " --profile blueline --sandbox https://sandbox.example",
  },
  {
    what: "nothing that the environment says",
    profileName: setting("blueline", "ECO_PROFILE"),
    sandbox: setting("https://sandbox.example", "ECO_SANDBOX"),
    want: "",
  },
])("a command that comes next has $what", ({ profileName, sandbox, want }) => {
  expect(asGiven({ profileName, sandbox, specs: setting("/specs", "default") })).toBe(want);
});

it("quotes what a shell would take apart", () => {
  const specs = setting("/my specs/it's", "--specs");
  const plain = setting("x", "default");
  expect(asGiven({ profileName: plain, sandbox: plain, specs })).toBe(` --specs '/my specs/it'\\''s'`);
});
