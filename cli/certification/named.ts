import { Args, Flags } from "@oclif/core";

/** For commands about one certification. */
export const certificationArgs = {
  id: Args.string({ required: true, description: "The certification's id.", ignoreStdin: true }),
};

/** For what the orchestrator decides about it. */
export const reasonFlag = Flags.string({
  helpValue: "<text>",
  required: true,
  summary: "Why; the party reads it.",
});
