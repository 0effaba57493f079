import { dirname, join } from "node:path";
import type { Document } from "@redocly/openapi-core";
import { isPlainObject, type PlainObject } from "./pointer.ts";
import type { SourceProblem } from "./source.ts";

/** A source file as the bundler sees it: already read, parsed and found harmless. */
export interface BundleInput {
  readonly path: string;
  readonly text: string;
  readonly value: unknown;
}

/**
 * Draws the files that a document refers to into it, so that every `$ref` left points into itself. Redocly's core is
 * imported only here: it costs more start-up time than everything else together, and most documents are one file.
 * `files` is all that the bundler can reach; it never reads a disk or opens a socket.
 */
export async function bundleDocument(
  root: string,
  entry: BundleInput,
  files: ReadonlyMap<string, BundleInput>,
): Promise<{ readonly value: PlainObject } | { readonly problem: SourceProblem }> {
  const { BaseResolver, ResolveError, Source, bundle, createConfig } = await import("@redocly/openapi-core");
  const documents = new Map(
    [...files.values()].map((file) => {
      const absolute = join(root, file.path);
      return [absolute, { source: new Source(absolute, file.text), parsed: structuredClone(file.value) }];
    }),
  );
  class ConfinedResolver extends BaseResolver {
    override async resolveDocument<T = unknown>(base: string | null, ref: string): Promise<Document<T>> {
      const known = documents.get(this.resolveExternalRef(base, ref));
      if (known === undefined) throw new ResolveError(new Error(`${ref} is not part of the spec set`));
      return known as Document<T>;
    }
  }
  const document = documents.get(join(root, entry.path));
  if (document === undefined) throw new Error(`${entry.path} is not among the files to bundle`);
  try {
    const config = await createConfig({});
    const result = await bundle({
      doc: document,
      config,
      externalRefResolver: new ConfinedResolver(),
      base: dirname(join(root, entry.path)),
      componentRenamingConflicts: "off",
    });
    const failed = result.problems.find((problem) => problem.severity === "error");
    if (failed !== undefined) {
      return {
        problem: { code: "spec.bundle.failed", message: failed.message, fix: "Correct the reference." },
      };
    }
    // The bundler shares objects between places; as JSON each place is its own again, and a circle shows itself.
    const value: unknown = JSON.parse(JSON.stringify(result.bundle.parsed));
    if (!isPlainObject(value)) throw new Error("the bundle is no object");
    return { value };
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    return {
      problem: {
        code: "spec.bundle.failed",
        message: `The document's files can't be put together: ${message}.`,
        fix: "Check the references between its files; path items and parameters can't contain themselves.",
      },
    };
  }
}
