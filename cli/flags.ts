import { Args, Flags } from "@oclif/core";

/** The flags that every command takes. */
export const globalFlags = {
  json: Flags.boolean({
    helpGroup: "global",
    summary: "Print one JSON object on stdout instead of text.",
  }),
  profile: Flags.string({
    helpGroup: "global",
    helpValue: "<name>",
    summary:
      "Act with this profile's credentials, or as a party for which the specs publish test credentials.",
  }),
  sandbox: Flags.string({
    helpGroup: "global",
    helpValue: "<url>",
    summary: "Address of the sandbox or API to talk to.",
  }),
  specs: Flags.string({
    helpGroup: "global",
    helpValue: "<dir>",
    summary: "Directory of the spec set; the reference ecosystem's where nothing else is set.",
  }),
  input: Flags.boolean({
    allowNo: true,
    default: true,
    helpGroup: "global",
    helpLabel: "--no-input",
    summary: "Never ask; a missing answer is an error that names its flag.",
  }),
};

/** Values of {@link globalFlags} after parsing. */
export interface GlobalFlags {
  readonly json?: boolean | undefined;
  readonly profile?: string | undefined;
  readonly sandbox?: string | undefined;
  readonly specs?: string | undefined;
  readonly input: boolean;
}

/** The argument of a command about one record. @param what whose id it is, as in `The incident's id.` */
export const idArg = (what: string) => ({
  id: Args.string({ required: true, description: `The ${what}'s id.`, ignoreStdin: true }),
});
