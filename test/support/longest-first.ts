import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Files that last for twenty seconds and more, the longest first. */
const LONG = [
  "portal/portal.test.ts",
  "cli/certify-client.test.ts",
  "sandbox/rating/worlds.test.ts",
  "cli/scaffold/scaffold.test.ts",
  "cli/restarts.test.ts",
];

/**
 * Begins with the files that last longest, so that no worker is left alone with one of them at the end. What vitest
 * remembers of former runs, it has on no fresh machine; there it goes by the size of files, and the longest are small.
 */
export default class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => {
      const at = LONG.findIndex((name) => moduleId.endsWith(`/test/${name}`));
      return at === -1 ? LONG.length : at;
    };
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b));
  }
}
