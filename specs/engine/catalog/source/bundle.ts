import { dirname, join, posix, relative, sep } from "node:path";
import type { Document, NormalizedProblem } from "@redocly/openapi-core";
import { reasonOf } from "../../errors/reason.ts";
import { percentDecoded } from "../../percent-decoded.ts";
import { didYouMean } from "../../suggest.ts";
import { isPlainObject, type PlainObject, pointerOf, pointerTokens, resolvePointer } from "../pointer.ts";
import { collectReferences, withoutReferences } from "./references.ts";
import type { SourceProblem } from "./source.ts";

/** A source file as the bundler sees it: already read, parsed and found harmless. */
export interface BundleInput {
  readonly path: string;
  readonly text: string;
  /** The bundler writes into it. */
  readonly value: unknown;
}

/** One document, and what of its files it could not refer to. */
export interface Bundle {
  readonly value: PlainObject;
  readonly problems: readonly (SourceProblem & { readonly path: string })[];
}

/**
 * Draws the files that a document refers to into it, so that every `$ref` left points into itself. Redocly's core is
 * imported only here: it costs more start-up time than everything else together, and most documents are one file.
 * `files` is all that the bundler can reach; it never reads a disk or opens a socket.
 */
export async function bundleDocument(
  root: string,
  entry: string,
  files: readonly BundleInput[],
): Promise<Bundle | { readonly problem: SourceProblem }> {
  const { BaseResolver, ResolveError, Source, bundle, createConfig } = await import("@redocly/openapi-core");
  const documents = new Map(
    files.map(({ path, text, value }) => {
      const absolute = join(root, path);
      return [absolute, { source: new Source(absolute, text), parsed: withWholeVersion(value) }];
    }),
  );
  class ConfinedResolver extends BaseResolver {
    override async resolveDocument<T = unknown>(base: string | null, ref: string): Promise<Document<T>> {
      const known = documents.get(this.resolveExternalRef(base, ref));
      if (known === undefined) throw new ResolveError(new Error(`${ref} is not part of the spec set`));
      return known as Document<T>;
    }
  }
  const document = documents.get(join(root, entry));
  if (document === undefined) throw new Error(`${entry} is not among the files to bundle`);
  try {
    const config = await createConfig({});
    const result = await bundle({
      doc: document,
      config,
      externalRefResolver: new ConfinedResolver(),
      base: dirname(join(root, entry)),
      componentRenamingConflicts: "off",
    });
    // The bundler shares objects between places; as JSON each place is its own again, and a circle shows itself.
    const value: unknown = JSON.parse(JSON.stringify(result.bundle.parsed));
    if (!isPlainObject(value)) throw new Error("the bundle is no object");
    const left = collectReferences(value).filter(({ ref }) => ref !== "" && !ref.startsWith("#"));
    const problems = result.problems.filter(({ severity }) => severity === "error");
    return {
      value: left.length === 0 ? value : (withoutReferences(value, left) as PlainObject),
      problems: problems.map((problem) => problemOf(root, problem, files)),
    };
  } catch (cause) {
    const message = reasonOf(cause);
    return {
      problem: {
        code: "spec.bundle.failed",
        message: `The document's files can't be put together: ${message}.`,
        fix: "Check the references between its files; path items and parameters can't contain themselves.",
      },
    };
  }
}

/** `openapi: "3.0"` is a slip that the bundler refuses a document for. */
function withWholeVersion(value: unknown): unknown {
  if (!isPlainObject(value)) return value;
  const version = value["openapi"];
  return typeof version === "string" && /^3\.\d$/.test(version)
    ? { ...value, openapi: `${version}.0` }
    : value;
}

function problemOf(
  root: string,
  { location: [place], message }: NormalizedProblem,
  files: readonly BundleInput[],
): SourceProblem & { readonly path: string } {
  const path = place === undefined ? "" : relative(root, place.source.absoluteRef).split(sep).join("/");
  const pointer = place?.pointer?.replace(/^#/, "").replace(/\/\$ref$/, "") ?? "";
  const holder = resolvePointer(files.find((file) => file.path === path)?.value, pointer);
  const ref = isPlainObject(holder) ? holder["$ref"] : undefined;
  return {
    path,
    pointer,
    code: "spec.ref.missing",
    ...(typeof ref === "string" ? leadsNowhere(path, ref, files) : { message: `${message}.`, fix: CORRECT }),
  };
}

const CORRECT = "Correct the reference, or add its target.";

/** A reference to a file that is there, and to nothing in it; what stands beside where it leads may have been meant. */
function leadsNowhere(
  from: string,
  ref: string,
  files: readonly BundleInput[],
): Pick<SourceProblem, "message" | "fix"> {
  const [file = "", fragment = ""] = ref.split("#");
  const path = file === "" ? from : posix.join(posix.dirname(from), percentDecoded(file));
  const tokens = pointerTokens(`#${fragment}`);
  const beside = resolvePointer(
    files.find((one) => one.path === path)?.value,
    pointerOf(...tokens.slice(0, -1)),
  );
  const question = isPlainObject(beside) ? didYouMean(tokens.at(-1) ?? "", Object.keys(beside)) : undefined;
  return {
    message: `\`$ref: ${ref}\` leads nowhere: ${path} has no ${pointerOf(...tokens)}.`,
    fix: question ?? CORRECT,
  };
}
