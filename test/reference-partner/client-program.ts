/**
 * The client of the reference partner as a program: `node test/reference-partner/client-program.ts`.
 * It talks to the sandbox at `ECO_SANDBOX` and does a working day.
 */
import { readFile } from "node:fs/promises";
import { runClient } from "./client.ts";
import { clientMutants, mutatedClient } from "./client-mutants.ts";

const address = process.env["ECO_SANDBOX"] ?? "http://127.0.0.1:4010";
const file = process.env["DELIVERY_FILE"];
const mutant = process.env["CLIENT_MUTANT"];
if (file === undefined) throw new Error("DELIVERY_FILE names no delivery to submit.");
if (mutant !== undefined && !(mutant in clientMutants)) throw new Error(`There is no mutant ${mutant}.`);
const delivery = JSON.parse(await readFile(file, "utf8")) as Record<string, unknown>;
await runClient(mutatedClient(mutant), { base: `${address}/v1`, fetch, delivery });
