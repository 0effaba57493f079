import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // The zone is set to one that nobody here works in, so that a test that leans on the machine's zone fails at once.
    env: { TZ: "Pacific/Chatham", NO_COLOR: "1", ECO_NO_UPDATE: "1" },
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
