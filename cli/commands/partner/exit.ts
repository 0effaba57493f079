import { existsSync } from "node:fs";
import { Flags } from "@oclif/core";
import { EcoError } from "../../../specs/engine/errors/eco-error.ts";
import { EcoCommand, type Outcome } from "../../command.ts";
import { writePrivate } from "../../config/private-file.ts";
import {
  type ExitPreview,
  hasLeft,
  presentConsequences,
  presentLeft,
  presentPreview,
  previewExit,
} from "../../partner/exit-preview.ts";
import { requireOffered } from "../../partner/offered.ts";
import { ask, yesFlag } from "../../prompts.ts";
import type { Session } from "../../session.ts";
import { textAt } from "../../views/fields.ts";

interface ExitFlags {
  readonly input: boolean;
  readonly yes: boolean;
  readonly reason?: string | undefined;
  readonly export?: string | undefined;
  readonly "no-export": boolean;
  readonly force: boolean;
}

export default class PartnerExit extends EcoCommand {
  static override summary = "Leave the ecosystem: see what is open, take your data along, and go.";
  static override description =
    "Tells what is open and what stays, writes all data of your company to a file, asks for your company's id, and leaves. There is no way back but to join anew. --dry-run changes nothing. Run again afterwards, it says what the exit still waits for; with --export it writes the data once more.";
  static override examples = [
    { description: "What would it come to?", command: "<%= config.bin %> <%= command.id %> --dry-run" },
    '<%= config.bin %> <%= command.id %> --reason "We have merged with another caterer."',
    {
      description: "Without questions",
      command: '<%= config.bin %> <%= command.id %> --reason "Closed." --export saltmarsh.json --yes',
    },
  ];
  static override flags = {
    reason: Flags.string({ helpValue: "<text>", summary: "Why; the orchestrator reads it." }),
    export: Flags.string({
      helpValue: "<file>",
      summary: "File for all data of your company; PARTY-export.json where left out.",
      exclusive: ["no-export"],
    }),
    "no-export": Flags.boolean({ summary: "Leave without taking the data along." }),
    force: Flags.boolean({ summary: "Replace the file of the export where it is there." }),
    "dry-run": Flags.boolean({ summary: "Only tell what would happen." }),
    yes: yesFlag,
  };

  override async run(): Promise<Outcome> {
    const { flags } = await this.parse(PartnerExit);
    const session = await this.session(flags);
    requireOffered(session, "parties.exit", "Leaving by oneself");
    const preview = await previewExit(session);
    const { title } = session.catalog.ecosystem;
    presentPreview(preview, title, this.out);
    if (hasLeft(preview)) return this.#left(session, preview, flags);
    presentConsequences(preview, this.out);
    if (flags["dry-run"]) return { result: { ...preview, left: false } };
    const file = this.#exportFile(session, preview, flags);
    const reason =
      flags.reason ??
      (await ask<string>(
        { message: "Why do you leave?", flag: "--reason", kind: "text", validate: filled },
        flags.input,
      ));
    await this.#confirm(preview, title, flags);
    if (file !== undefined) await this.#export(session, preview.party, file);
    const { result } = await session.client.call("parties.exit", { partyId: preview.party, reason });
    const status = textAt(result, "status");
    this.#presentExit(preview.party, status, session);
    return {
      result: { ...preview, status, left: true, ...(file === undefined ? {} : { exportFile: file }) },
    };
  }

  #presentExit(party: string, status: string, { catalog, settings }: Session): void {
    const { title } = catalog.ecosystem;
    const profile = settings.profileName.value;
    if (status === "exiting") {
      this.out.success(`${party} leaves ${title}: it is exiting.`);
      this.out.note(
        `The profile ${profile} still finishes what is open: \`eco partner exit\` shows what that is, and says when you are out.`,
      );
      return;
    }
    this.out.success(`${party} has left ${title}${status === "" ? "" : `: it is ${status}`}.`);
    this.out.note(
      `The profile ${profile} still reads your data. When you need it no more: eco profile remove ${profile}`,
    );
  }

  /** For those who come again: nothing is asked and nothing changes. */
  async #left(session: Session, preview: ExitPreview, flags: ExitFlags): Promise<Outcome> {
    presentLeft(preview, this.out);
    if (flags.export === undefined) return { result: { ...preview, left: true } };
    const file = this.#exportFile(session, preview, flags);
    if (file !== undefined) await this.#export(session, preview.party, file);
    return { result: { ...preview, left: true, exportFile: flags.export } };
  }

  /** Undefined where none is wanted. Refuses what would fail later, while nothing is done yet. */
  #exportFile({ client }: Session, { party }: ExitPreview, flags: ExitFlags): string | undefined {
    if (flags["no-export"]) return undefined;
    if (!client.has("parties.export"))
      throw new EcoError(
        "ECO_OPERATION_UNKNOWN",
        "This ecosystem has no operation that hands out your data.",
        {
          fix: "Fetch what you need first, such as `eco deliveries list --json`; then leave with --no-export.",
        },
      );
    const file = flags.export ?? `${party}-export.json`;
    if (existsSync(file) && !flags.force)
      throw new EcoError("ECO_FILE_EXISTS", `${file} is there already.`, {
        fix: "Name another file with --export FILE, or replace it with --force.",
      });
    return file;
  }

  async #confirm({ party }: ExitPreview, ecosystem: string, { yes, input }: ExitFlags): Promise<void> {
    if (yes) return;
    const message = `Leave ${ecosystem} for good? Type ${party} to confirm`;
    const validate = (value: string): true | string =>
      value.trim() === party || `That isn't ${party}. Ctrl-C leaves all as it is.`;
    await ask<string>({ message, flag: "--yes", kind: "text", validate }, input);
  }

  async #export({ client }: Session, partyId: string, file: string): Promise<void> {
    const { result } = await client.call("parties.export", { partyId });
    // Contacts, accounts and statements: for the owner alone.
    await writePrivate(file, `${JSON.stringify(result, null, 2)}\n`);
    this.out.success(`All data of ${partyId} is in ${file}.`);
  }
}

const filled = (text: string): true | string => (text.trim() === "" ? "Please write something." : true);
