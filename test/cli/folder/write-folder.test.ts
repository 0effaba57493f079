import { existsSync } from "node:fs";
import {
  link,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  realpath,
  rm,
  stat,
  symlink,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { makeFolders } from "../../../cli/folder/make-folders.ts";
import { writeFolder, writeWhole } from "../../../cli/folder/write-folder.ts";

/** Bytes of a path on Linux. */
const LONGEST_PATH = 4_095;

let base: string;
let root: string;
beforeEach(async () => {
  base = await realpath(await mkdtemp(join(tmpdir(), "eco-folder-")));
  root = join(base, "dir");
});
afterEach(() => rm(base, { recursive: true, force: true }));

const files = (content: Readonly<Record<string, string>>) => new Map(Object.entries(content));

/** Every file below a folder with its text; links are not followed. */
async function tree(directory: string): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const entry of await readdir(directory, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile()) found[path.slice(directory.length + 1)] = await readFile(path, "utf8");
    if (entry.isSymbolicLink()) found[path.slice(directory.length + 1)] = "a link";
  }
  return found;
}

describe("a folder is written", () => {
  it("with those above it, where it is missing", async () => {
    const deep = join(base, "a/b/dir");
    const done = await writeFolder(deep, files({ "x.ts": "x", "src/y.ts": "y" }));
    expect(done).toEqual({ directory: deep, written: ["x.ts", "src/y.ts"], unchanged: [] });
    expect(await tree(base)).toEqual({ "a/b/dir/x.ts": "x", "a/b/dir/src/y.ts": "y" });
    // As anything else that is made there, not as what only its owner may enter.
    expect((await stat(deep)).mode).toBe((await stat(dirname(deep))).mode);
  });

  it("into one that holds other things, which stay", async () => {
    await mkdir(root);
    await writeFile(join(root, "notes.md"), "mine");
    await writeFolder(root, files({ "x.ts": "x", "src/y.ts": "y" }));
    expect(await tree(root)).toEqual({ "notes.md": "mine", "x.ts": "x", "src/y.ts": "y" });
  });

  it("twice, where nothing has changed, without touching anything", async () => {
    await writeFolder(root, files({ "x.ts": "x", "src/y.ts": "y" }));
    const { mtimeMs, ino } = await stat(join(root, "x.ts"));
    const again = await writeFolder(root, files({ "x.ts": "x", "src/y.ts": "y", "z.ts": "z" }));
    expect(again).toMatchObject({ written: ["z.ts"], unchanged: ["x.ts", "src/y.ts"] });
    expect(await stat(join(root, "x.ts"))).toMatchObject({ mtimeMs, ino });
  });

  it("below a link that is part of the path that the user gave", async () => {
    await mkdir(join(base, "real"));
    await symlink(join(base, "real"), join(base, "linked"));
    await writeFolder(join(base, "linked/dir"), files({ "x.ts": "x" }));
    expect(await tree(join(base, "real"))).toEqual({ "dir/x.ts": "x" });
  });
});

describe("what is there with another content", () => {
  beforeEach(async () => {
    await writeFolder(root, files({ "x.ts": "mine", "src/y.ts": "mine too", "same.ts": "same" }));
  });
  const given = files({ "new.ts": "new", "x.ts": "x", "src/y.ts": "y", "same.ts": "same" });

  it("is a refusal that names all of it, before anything is written", async () => {
    const before = await tree(root);
    await expect(writeFolder(root, given)).rejects.toMatchObject({
      code: "ECO_FILE_EXISTS",
      message: `${root} has 2 of these files already, with another content: x.ts, src/y.ts.`,
      details: { directory: root, files: ["x.ts", "src/y.ts"] },
    });
    expect(await tree(root)).toEqual(before);
  });

  it("is replaced where that is asked for, and nothing else", async () => {
    await writeFile(join(root, "notes.md"), "mine");
    const done = await writeFolder(root, given, { force: true });
    expect(done).toMatchObject({ written: ["new.ts", "x.ts", "src/y.ts"], unchanged: ["same.ts"] });
    expect(await tree(root)).toEqual({ ...Object.fromEntries(given), "notes.md": "mine" });
  });

  it("stays as it is where it has a second name elsewhere", async () => {
    await link(join(root, "x.ts"), join(base, "elsewhere.ts"));
    await writeFolder(root, given, { force: true });
    expect(await readFile(join(base, "elsewhere.ts"), "utf8")).toBe("mine");
  });
});

describe("nothing is written outside", () => {
  const names = [
    "../out.ts",
    "src/../../out.ts",
    "..",
    ".",
    "./x.ts",
    "/etc/out.ts",
    "//host/share",
    "../dir-other/out.ts",
    "..\\out.ts",
    "C:\\out.ts",
    "C:out.ts",
    "c:/out.ts",
    "x.ts:stream",
    "x\0.ts",
    "x\n.ts",
    "",
    "src/",
    "src//x.ts",
    "nul",
    "src/COM1.txt",
    "x. ",
    "x.",
    "\ud800.ts",
    "é".repeat(128),
  ];
  it.each(names)("under the name %j", async (name) => {
    await mkdir(join(base, "dir-other"));
    await expect(writeFolder(root, files({ "first.ts": "1", [name]: "2" }))).rejects.toMatchObject({
      code: "ECO_FILE_NAME_UNSAFE",
      message: expect.stringContaining(JSON.stringify(name)),
    });
    expect(await tree(base)).toEqual({});
  });

  it.each([
    ["x.ts", "X.ts"],
    ["\u00e9.ts", "e\u0301.ts"],
    ["x", "x/y"],
    ["x/y", "x"],
  ])("nor under two names for one file: %j and %j", async (one, other) => {
    await expect(writeFolder(root, files({ [one]: "1", [other]: "2" }))).rejects.toMatchObject({
      code: "ECO_FILE_NAME_UNSAFE",
    });
    expect(await readdir(base)).toEqual([]);
  });

  it.each(["", "dir\0"])("nor into a folder called %j", async (directory) => {
    await expect(writeFolder(directory, files({ "x.ts": "x" }))).rejects.toMatchObject({
      code: "ECO_FILE_NAME_UNSAFE",
    });
  });

  it("whatever the names are: each is a file of the folder, or refused", async () => {
    const part = fc.oneof(
      fc.constantFrom("..", ".", "", "src", "x.ts", "C:", "nul", "\0", "a\\..\\b", "dir-other"),
      fc.string({ unit: "grapheme", maxLength: 5 }),
    );
    const name = fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join("/"));
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(name, { minLength: 1, maxLength: 4 }), async (some) => {
        const folder = await mkdtemp(join(base, "of-"));
        const given = new Map(some.map((one) => [one, one]));
        const done = await writeFolder(join(folder, "dir"), given).catch(() => undefined);
        const expected = done === undefined ? [] : some.map((one) => join("dir", one)).sort();
        expect(Object.keys(await tree(folder)).sort()).toEqual(expected);
      }),
      { numRuns: 200 },
    );
  });
});

describe("no link is followed", () => {
  const outside = (): string => join(base, "outside");
  beforeEach(async () => {
    await mkdir(outside());
    await writeFile(join(outside(), "x.ts"), "theirs");
  });

  it.each([
    ["in the place of the folder", (): Promise<void> => symlink(outside(), root)],
    [
      "in the place of a folder within",
      async (): Promise<void> => {
        await mkdir(root);
        await symlink(outside(), join(root, "src"));
      },
    ],
    [
      "in the place of a file",
      async (): Promise<void> => {
        await mkdir(join(root, "src"), { recursive: true });
        await symlink(join(outside(), "x.ts"), join(root, "src/x.ts"));
      },
    ],
    [
      "to nothing, in the place of a file",
      async (): Promise<void> => {
        await mkdir(join(root, "src"), { recursive: true });
        await symlink(join(outside(), "new.ts"), join(root, "src/x.ts"));
      },
    ],
  ])("%s", async (_, prepare) => {
    await prepare();
    const before = await tree(base);
    for (const force of [false, true]) {
      await expect(
        writeFolder(root, files({ "first.ts": "1", "src/x.ts": "x" }), { force }),
      ).rejects.toMatchObject({
        code: "ECO_FILE_UNWRITABLE",
        message: expect.stringContaining("symbolic link"),
      });
      expect(await tree(base)).toEqual(before);
    }
  });

  it.each([
    ["a file where a folder must be", "src", "src/x.ts"],
    ["a folder where a file must be", "src/x.ts/deep", "src/x.ts"],
  ])("and %s is a refusal, too", async (_, there, name) => {
    await mkdir(dirname(join(root, there)), { recursive: true });
    await writeFile(join(root, there), "mine");
    await expect(writeFolder(root, files({ [name]: "x" }), { force: true })).rejects.toMatchObject({
      code: "ECO_FILE_UNWRITABLE",
    });
    expect(await tree(root)).toEqual({ [there]: "mine" });
  });
});

describe("all or nothing", () => {
  it("takes back what it has written and replaced where a later file can't be", async () => {
    // A path so long that the file itself can be there, and what was there before can't be kept aside.
    const aside = `${root}/.eco-0123456789ab.tmp/before/`;
    const room = LONGEST_PATH + 1 - aside.length;
    const part = "p".repeat(Math.floor(room / 20) - 1);
    const name = `${part}/`.repeat(20).slice(0, -1).padEnd(room, "q");
    await writeFolder(root, files({ "a.ts": "mine" }));
    await mkdir(dirname(join(root, name)), { recursive: true });
    await writeFile(join(root, name), "mine");
    const before = await tree(root);
    await expect(
      writeFolder(root, files({ "new/b.ts": "b", "a.ts": "a", [name]: "c" }), { force: true }),
    ).rejects.toMatchObject({
      code: "ECO_FILE_UNWRITABLE",
      message: expect.stringContaining("ENAMETOOLONG"),
    });
    expect(await tree(root)).toEqual(before);
    expect((await readdir(root)).sort()).toEqual(["a.ts", part]);
  });

  it.each<[string, string, string]>([
    ["a file", "file/dir", "file can't be written: it is no folder."],
    ["a file further up", "file/a/b/dir", "file can't be written: it is no folder."],
    ["a link that leads nowhere", "dangling/dir", "dangling can't be written: it is a symbolic link"],
  ])("leaves no folder where %s is in the way, and names it", async (_, folder, message) => {
    await writeFile(join(base, "file"), "");
    await symlink(join(base, "gone"), join(base, "dangling"));
    await expect(writeFolder(join(base, folder), files({ "x.ts": "x" }))).rejects.toMatchObject({
      code: "ECO_FILE_UNWRITABLE",
      message: expect.stringContaining(message),
      fix: expect.stringContaining("what stands there"),
    });
    expect((await readdir(base)).sort()).toEqual(["dangling", "file"]);
  });

  // Node's own way of making folders never returns there.
  it.runIf(existsSync("/proc/self"))("says so where the system takes no folder", async () => {
    for (const folder of ["/proc/eco", "/proc/eco/deep"])
      await expect(writeFolder(folder, files({ "x.ts": "x" }))).rejects.toMatchObject({
        code: "ECO_FILE_UNWRITABLE",
        message: expect.stringContaining("/proc/eco"),
      });
  });

  it.each([
    ["into a folder", true],
    ["into none yet", false],
  ])("is as it was before whenever the user stops it, %s", async (_, exists) => {
    const wanted = files({ "a.ts": "a", "new/b.ts": "b", "new/deep/c.ts": "c" });
    const stopped = new Error("stopped");
    for (let last = 1; ; last++) {
      const folder = join(base, String(last));
      if (exists) await writeFolder(folder, files({ "a.ts": "mine" }));
      const before = await readdir(base, { recursive: true });
      let steps = 0;
      const goOn = (): void => {
        if (++steps === last) throw stopped;
      };
      const done = await writeWhole(folder, wanted, goOn, { force: true }).catch((thrown: Error) => thrown);
      if (!(done instanceof Error)) {
        expect(steps).toBe(exists ? 2 * wanted.size : wanted.size);
        break;
      }
      expect(done).toMatchObject({ cause: stopped });
      expect(await readdir(base, { recursive: true })).toEqual(before);
      if (exists) expect(await tree(folder)).toEqual({ "a.ts": "mine" });
    }
  });

  it("makes folders that another makes at the same moment", async () => {
    const deep = join(base, "a/b/c/d");
    const made: string[] = [];
    await Promise.all(
      Array.from({ length: 8 }, () => makeFolders(deep, { made: (folder) => made.push(folder) })),
    );
    // Each by one of them.
    expect(made.sort()).toEqual(["a", "a/b", "a/b/c", "a/b/c/d"].map((name) => join(base, name)));
  });

  it.each([
    ["into a folder", true],
    ["into none yet", false],
  ])("of two that write at the same time, %s, at most one has its way, and wholly", async (_, exists) => {
    const names = Array.from({ length: 12 }, (_, at) => `src/${at}.ts`);
    for (let round = 0; round < 10; round++) {
      const folder = join(base, String(round));
      if (exists) await mkdir(folder);
      const of = (who: string) => files(Object.fromEntries(names.map((name) => [name, who])));
      const ends = await Promise.allSettled([
        writeFolder(folder, of("one")),
        writeFolder(folder, of("other")),
      ]);
      const done = ends.filter(({ status }) => status === "fulfilled").length;
      const there = Object.values(await tree(folder));
      expect([done, there.length, new Set(there).size]).toEqual(
        done === 1 ? [1, names.length, 1] : [0, 0, 0],
      );
    }
  });
});

it("keeps what lies in a folder whose name begins alike", async () => {
  await mkdir(join(base, "dir-other"));
  await writeFile(join(base, "dir-other/x.ts"), "theirs");
  await writeFolder(root, files({ "x.ts": "x" }), { force: true });
  expect(await readFile(join(base, "dir-other/x.ts"), "utf8")).toBe("theirs");
  expect((await lstat(root)).isDirectory()).toBe(true);
});
