import { realpath } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { Flags } from "@oclif/core";
import type { Catalog } from "../../../specs/engine/catalog/types.ts";
import type { CollectOptions } from "../../../specs/engine/collection/collection.ts";
import type { Refusal } from "../../../specs/engine/collection/trial.ts";
import type { Collection } from "../../../specs/engine/collection/types.ts";
import { EcoError } from "../../../specs/engine/errors/eco-error.ts";
import { type Choice, chooseOperations } from "../../choose-operations.ts";
import { EcoCommand, type Outcome } from "../../command.ts";
import { writeFolder } from "../../folder/write-folder.ts";
import { personas } from "../../http/credentials.ts";
import { counted } from "../../output/counted.ts";

export default class SpecsExport extends EcoCommand {
  static override summary = "Write the operations as requests for Postman, Bruno or a `.http` file.";
  static override description =
    "In an order that can be run from top to bottom: a token, the journeys of the spec set step by step, then every other operation, what creates before what reads and what removes at the end, each with a test of its status. Ids of answers are carried on. Values are the documents' examples, else made from the schemas. No secret is written: the tool asks for them.\n\nhttp is for VS Code's REST Client, jetbrains for JetBrains' HTTP client and httpYac.";
  static override examples = [
    "<%= config.bin %> <%= command.id %> --as http --output requests.http",
    {
      description: "What one company may call, with its id in the place of the examples'",
      command:
        "<%= config.bin %> <%= command.id %> --as postman --party blueline --output blueline.postman_collection.json",
    },
    "<%= config.bin %> <%= command.id %> --as jetbrains --tag Deliveries --output deliveries.http",
    "<%= config.bin %> <%= command.id %> --as bruno --output bruno --sandbox https://sandbox.example",
  ];
  static override flags = {
    as: Flags.option({
      options: ["http", "jetbrains", "postman", "bruno"] as const,
      required: true,
      summary: "The tool that they are for.",
    })(),
    output: Flags.string({
      char: "o",
      aliases: ["out"],
      helpValue: "<path>",
      summary: "The file, or Bruno's folder; to stdout where left out.",
    }),
    operation: Flags.string({
      multiple: true,
      helpValue: "<id>",
      summary: "Only this one. Repeat it for several.",
    }),
    tag: Flags.string({
      multiple: true,
      helpValue: "<tag>",
      summary: "Only operations with this tag. Repeat it for several.",
    }),
    party: Flags.string({
      helpValue: "<id>",
      summary: "Only what this company may call, in its name.",
    }),
    role: Flags.string({
      helpValue: "<role>",
      summary: "Its role, where the spec set doesn't name the company.",
    }),
    try: Flags.boolean({
      default: true,
      allowNo: true,
      summary:
        "Send them to a sandbox in this process first, and put what it refuses into a folder of its own.",
    }),
    force: Flags.boolean({ summary: "Replace files of these names." }),
  };

  override async run(): Promise<Outcome> {
    const { flags } = await this.parse(SpecsExport);
    if (flags.as === "bruno" && flags.output === undefined)
      throw new EcoError("ECO_USAGE", "A Bruno collection is a folder, and none is named.", {
        fix: "Name it: --output bruno.",
      });
    const catalog = await this.catalog(flags);
    const { operation: ids, tag: tags, party, role } = flags;
    const operations = chooseOperations(catalog, { ids, tags, party, role });
    const { sandbox } = await this.settings(flags);
    const { collect } = await import("../../../specs/engine/collection/collection.ts");
    const collected = await collect(catalog, operations, {
      baseUrl: sandbox.value,
      ...sender(catalog, { ids, tags, party }),
    });
    const { collection, refused } = flags.try
      ? await this.#tried(catalog, collected, flags.party)
      : { collection: collected, refused: [] };
    const summary = {
      as: flags.as,
      operations: operations.length,
      requests: collection.requests.length,
      secrets: collection.secrets,
      unfed: collection.unfed,
      leftOut: collection.leftOut,
      refused,
    };
    if (flags.as === "bruno") {
      const { brunoFiles } = await import("../../../specs/engine/collection/bruno.ts");
      return this.#write(flags.output ?? "", brunoFiles(collection), flags.force, summary);
    }
    const text = await textFor(flags.as, collection);
    if (flags.output === undefined) {
      this.out.raw(text);
      this.#tell(summary);
      return { result: { ...summary, content: text } };
    }
    // A folder that is reached by a link is the user's choice; only what is written within it must not lead elsewhere.
    const folder = dirname(flags.output);
    const place = await realpath(folder).catch(() => folder);
    return this.#write(place, new Map([[basename(flags.output), text]]), flags.force, summary);
  }

  async #write(
    folder: string,
    files: ReadonlyMap<string, string>,
    force: boolean,
    summary: Summary,
  ): Promise<Outcome> {
    const { directory, written, unchanged } = await writeFolder(folder, files, { force });
    for (const file of written) this.out.data(file);
    this.out.success(
      `${counted(summary.operations, "operation")} exported to ${directory}, in ${counted(summary.requests, "request")}.`,
    );
    this.#tell(summary);
    return { result: { ...summary, directory, written, unchanged } };
  }

  async #tried(catalog: Catalog, collection: Collection, party: string | undefined): Promise<Tried> {
    const { tryInSandbox } = await import("../../collection/try-in-sandbox.ts");
    const trial = await tryInSandbox(catalog, collection, party);
    if (trial.kind === "tried") return trial;
    this.out.note(`The requests were not tried, as there was no token to be had: ${trial.reason}.`);
    return { collection, refused: [] };
  }

  /** What the reader has to do, and what nobody can do for the reader. */
  #tell({ secrets, unfed, leftOut, refused }: Summary): void {
    if (secrets.length > 0) this.out.note(`To be filled in there: ${secrets.join(", ")}.`);
    for (const { variable, requests } of unfed)
      this.out.note(`No answer holds ${variable}: put one in for ${quoted(requests)}.`);
    if (refused.length > 0)
      this.out.note(
        `${counted(refused.length, "request")} in the folder “Wants preparing”, as a fresh sandbox refuses them: ${quoted(refused.map(({ request }) => request))}.`,
      );
    for (const { journey, reason } of leftOut)
      this.out.note(`The journey ${journey} is left out: ${reason}.`);
  }
}

interface Summary extends Pick<Collection, "secrets" | "unfed" | "leftOut"> {
  readonly operations: number;
  readonly requests: number;
  readonly refused: readonly Refusal[];
}

interface Tried {
  readonly collection: Collection;
  readonly refused: readonly Refusal[];
}

const MOST_NAMED = 3;

const quoted = (titles: readonly string[]): string => {
  const shown = titles.slice(0, MOST_NAMED).map((title) => `“${title}”`);
  const more = titles.length - shown.length;
  return `${shown.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
};

async function textFor(as: "http" | "jetbrains" | "postman", collection: Collection): Promise<string> {
  if (as === "postman")
    return (await import("../../../specs/engine/collection/postman.ts")).postmanCollection(collection);
  if (as === "jetbrains")
    return (await import("../../../specs/engine/collection/http-scripts.ts")).httpScripts(collection);
  return (await import("../../../specs/engine/collection/http-file.ts")).httpFile(collection);
}

/** Who sends the requests. A company meets others in its journeys, who play with the credentials that they publish. */
function sender(
  catalog: Catalog,
  { party, ids, tags }: Choice,
): Pick<CollectOptions, "party" | "clientId" | "journeys"> {
  if (party === undefined) return {};
  const clientId = personas(catalog).find((one) => one.party === party)?.clientId;
  return {
    party,
    ...(clientId === undefined ? {} : { clientId }),
    journeys: ids === undefined && tags === undefined ? "any" : "whole",
  };
}
