import { Args } from "@oclif/core";
import { EcoError } from "../../../specs/engine/errors/eco-error.ts";
import { EcoCommand, type Outcome } from "../../command.ts";
import { counted } from "../../output/counted.ts";
import { checkRoomFor, keepSession, whileRecorded } from "../../sandbox/recorded-file.ts";
import { endOf, sharedWhileRecorded } from "../../sandbox-files.ts";

export default class SandboxRecord extends EcoCommand {
  static override summary =
    "Record what happens in a running sandbox, so that it can be replayed byte for byte.";
  static override description =
    "Requests and answers with all their bytes, events and what came of sending them, the clock, faults, random values and the order of decisions go into one file, with the state that it begins from. Decisions are taken one after the other meanwhile. The file holds access tokens and secrets of the sandbox; credentials that the sandbox didn't issue are taken out of it.\n\nWith a file alone it records until Ctrl-C. The sandbox keeps the recording in its memory until then: it outlives this command, and not the sandbox. What `eco sandbox start --record` writes outlives both.";
  static override examples = [
    "<%= config.bin %> <%= command.id %> session.ndjson",
    { description: "In a script", command: "<%= config.bin %> <%= command.id %> start" },
    "<%= config.bin %> <%= command.id %> stop session.ndjson",
    {
      description: "From the first request on",
      command: "<%= config.bin %> sandbox start --record session.ndjson",
    },
  ];
  static override args = {
    action: Args.string({
      required: true,
      ignoreStdin: true,
      description: "`start`, `stop`, `status`, or the file to record into until Ctrl-C.",
    }),
    file: Args.string({ ignoreStdin: true, description: "Where the session goes, with `stop`." }),
  };

  override async run(): Promise<Outcome> {
    const { args, flags } = await this.parse(SandboxRecord);
    const control = await this.control(flags);
    if (args.action === "status") {
      const result = await control.call("getRecording");
      this.out.data(result.recording ? `Recording, ${result.bytes} bytes so far.` : "Nothing is recorded.");
      return { result };
    }
    if (args.action === "start") {
      await control.call("startRecording");
      this.out.success("Recording. `eco sandbox record stop FILE` ends it.");
      return { result: { recording: true } };
    }
    const file = args.action === "stop" ? args.file : args.action;
    if (file === undefined)
      throw new EcoError("ECO_USAGE", "No file is named for the session.", {
        fix: "Name one: `eco sandbox record stop session.ndjson`.",
      });
    // While the recording goes on, another file can still be named.
    await checkRoomFor(file, (await control.call("getRecording")).bytes);
    if (args.action !== "stop") {
      await control.call("startRecording");
      this.out.note(`Recording into ${file}. Stop with Ctrl-C.`);
      await whileRecorded(file, control, this.out);
      process.exitCode = 0;
    }
    const text = await control.text("stopRecording");
    await keepSession(file, text);
    const { exchanges, changedBeside } = endOf(text);
    const result = { file, exchanges };
    if (changedBeside !== undefined) return { result, failure: sharedWhileRecorded(file, changedBeside) };
    this.out.success(`${counted(exchanges, "exchange")} recorded in ${file}.`);
    return { result };
  }
}
