/** Loaded before a program (`node --import`): writes down every file of code that it loads. */

import { appendFileSync } from "node:fs";
import { registerHooks } from "node:module";

const file = process.env["RECORDED_LOADS"] ?? "";

registerHooks({
  load(url, context, nextLoad) {
    if (url.startsWith("file:")) appendFileSync(file, `${url}\n`);
    return nextLoad(url, context);
  },
});
