#!/usr/bin/env node
// Plain JavaScript with nothing newer than an old Node can parse: the first thing to say there is which Node it needs.
import module from "node:module";

var required = 24;
if (Number(process.versions.node.split(".")[0]) < required) {
  process.stderr.write(
    "eco needs Node " +
      required +
      " or newer and was started on " +
      process.versions.node +
      ". Install Node " +
      required +
      " (https://nodejs.org), or start it with `npx eco` in a project that has the npm package `node@" +
      required +
      "` (ECO_NODE_TOO_OLD).\n",
  );
  process.exitCode = 2;
} else {
  // Checked above already; oclif would load a parser of version ranges for it.
  process.env.OCLIF_DISABLE_ENGINE_WARNING = "1";
  // Halves the start-up: the second start reads compiled code instead of parsing sources.
  module.enableCompileCache();
  const { main } = await import("../dist/cli/main.js");
  await main(process.argv.slice(2));
}
