/** Capabilities: what operations mean, whatever their paths and field names. Pure decisions over what is read. */
export { capabilities } from "./registry.ts";
export { ruleBookWrites as standingRecords } from "./rule-book.ts";
export { seedRecords } from "./seed-records.ts";
