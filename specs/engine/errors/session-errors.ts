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
} as const satisfies Readonly<Record<string, ErrorDefinition>>;
