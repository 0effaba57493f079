import { EcoError } from "../../specs/engine/errors/eco-error.ts";

/** Names that Windows gives to devices, with any extension: `nul.ts` is no file there. */
const DEVICE = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)/i;
/** No file system takes more bytes in one part of a path. */
const MOST_BYTES = 255;

/**
 * Names of files within a folder, `/` between folders, that mean the same file on every system and stay inside. They may be
 * made of what a spec set says, and that may come from anybody.
 *
 * @throws EcoError ECO_FILE_NAME_UNSAFE for the first that leads out of the folder, or that some system reads as something else
 */
export function checkFileNames(names: Iterable<string>): void {
  const known = new Map<string, string>();
  const folders = new Map<string, string>();
  for (const name of names) {
    const parts = name.split("/");
    for (const part of parts) {
      const reason = unsafe(part, name);
      if (reason !== undefined) throw refused(name, reason);
    }
    const same = folded(name);
    const twin = known.get(same) ?? folders.get(same);
    if (twin !== undefined) throw refused(name, `it is the same as ${shown(twin)} on some disks`);
    known.set(same, name);
    for (let depth = 1; depth < parts.length; depth++) {
      const folder = folded(parts.slice(0, depth).join("/"));
      const file = known.get(folder);
      if (file !== undefined) throw refused(name, `${shown(file)} is a file`);
      folders.set(folder, name);
    }
  }
}

/** What differs in case, or in how its letters are put together, is one file on many disks. */
const folded = (name: string): string => name.normalize("NFC").toLowerCase();

function unsafe(part: string, name: string): string | undefined {
  if (name.startsWith("/")) return "it is absolute";
  if (part === "") return "a part of it is empty";
  if (part === "." || part === "..") return "it leads out of the folder";
  // Control characters, NUL first of all, at which many a system call ends the name.
  if (/\p{Cc}/u.test(part)) return "it holds a control character";
  // A colon is a drive or a hidden stream on Windows, a backslash a folder.
  if (/[<>:"|?*\\]/.test(part)) return "it holds a character that Windows reads as something else";
  if (/[. ]$/.test(part)) return "a part of it ends in a dot or a space";
  if (DEVICE.test(part)) return "it is a device on Windows";
  if (!part.isWellFormed()) return "it is no Unicode text";
  if (Buffer.byteLength(part) > MOST_BYTES) return `a part of it is longer than ${MOST_BYTES} bytes`;
  return undefined;
}

/** With its control characters as escapes. */
const shown = (name: string): string => JSON.stringify(name);

function refused(name: string, reason: string): EcoError {
  return new EcoError("ECO_FILE_NAME_UNSAFE", `No file is written as ${shown(name)}: ${reason}.`);
}
