import type { ErrorDefinition } from "./error-definition.ts";

/** Recordings, states and bundles of a sandbox. */
export const sessionErrors = {
  ECO_SESSION_RECORDING: {
    title: "The recording doesn't stand so",
    status: 409,
    exitCode: 2,
    fix: "`eco sandbox record` says whether a session is being recorded.",
    description: "A sandbox records one session at a time: one runs already, or none does.",
  },
  ECO_STATES_DIFFER: {
    title: "The states differ",
    exitCode: 3,
    fix: "Read what was added, changed or removed.",
    description: "Two states of a sandbox were compared, and they aren't the same.",
  },
  ECO_EXPORT_INVALID: {
    title: "The file can't be used",
    status: 422,
    exitCode: 2,
    fix: "Export it again, with this version of eco.",
    description:
      "A session, state or bundle is damaged, was cut off or changed, has another format, or is of a newer version of eco. Nothing of it was loaded.",
  },
  ECO_EXPORT_OTHER_SPECS: {
    title: "The file belongs to other specs",
    status: 409,
    exitCode: 2,
    fix: "Use the spec set that it was made with, or say that other specs are meant with `--other-specs`.",
    description:
      "The digest of the spec set in the file isn't that of the sandbox's own. With other rules the same records may mean something else, so nothing of it was loaded.",
  },
  ECO_SESSION_SHARED: {
    title: "Another process changed the sandbox while it was recorded",
    exitCode: 2,
    fix: "Record with one process on the database, the others stopped.",
    description:
      "Several processes can work on one database, but a recording is of one of them. What another one changed meanwhile isn't in it, and a replay would come out differently.",
  },
  ECO_SESSION_TOO_LARGE: {
    title: "The recording grew too large",
    status: 507,
    exitCode: 2,
    fix: "Record into a file, with `eco sandbox start --record FILE`.",
    description: "A recording in the sandbox's memory outgrew it and was given up.",
  },
  ECO_SESSION_UNWRITABLE: {
    title: "The recording could not be written",
    status: 507,
    exitCode: 2,
    fix: "Make room on the disk and record again; `eco sandbox replay FILE --unsealed` replays what is in the file.",
    description:
      "A line of a recording could not be written, for want of room as a rule. The recording ends there; the sandbox goes on.",
  },
  ECO_SESSION_DIFFERS: {
    title: "The replay differs from the recording",
    exitCode: 3,
    fix: "See the first difference: the code, the specs or a capability of yours decides otherwise than when it was recorded.",
    description:
      "The session was replayed on a fresh sandbox, and an answer, an event or the state came out differently.",
  },
  ECO_SANDBOX_NOT_EMPTY: {
    title: "The sandbox isn't empty",
    status: 409,
    exitCode: 2,
    fix: "Say that what it holds may go, with `--replace`, or start a sandbox on another database.",
    description:
      "A state is loaded in the place of all that the sandbox holds, and somebody has worked in this one.",
  },
} as const satisfies Readonly<Record<string, ErrorDefinition>>;
