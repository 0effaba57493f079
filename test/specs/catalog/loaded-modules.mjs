// Prints the URL of every module that a process loaded, when it ends.
import { registerHooks } from "node:module";

const urls = [];
registerHooks({
  load(url, context, next) {
    urls.push(url);
    return next(url, context);
  },
});
process.on("exit", () => process.stdout.write(`${urls.join("\n")}\n`));
