import { Flags } from "@oclif/core";

/** Flags of the commands that read a file of deliveries: how its columns become deliveries. */
export const rowFlags = {
  product: Flags.string({ helpValue: "<id>", summary: "The product of every row." }),
  customer: Flags.string({ helpValue: "<party>", summary: "The customer of every row." }),
  map: Flags.string({
    helpValue: "<field=column>",
    multiple: true,
    multipleNonGreedy: true,
    summary: "Which column gives a field of the delivery. Repeat it, or separate pairs by commas.",
  }),
  set: Flags.string({
    helpValue: "<field=value>",
    multiple: true,
    multipleNonGreedy: true,
    summary: "A value that is the same for every row, such as customer=nordic-apps.",
  }),
  format: Flags.option({
    options: ["csv", "json", "ndjson"] as const,
    summary: "Format of the input; by the file's extension or its beginning where left out.",
  })(),
};
