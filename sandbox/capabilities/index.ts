/** Capabilities: what operations mean, whatever their paths and field names. Pure decisions over what is read. */

export { ruleBookWrites as standingRecords } from "./deliveries/rule-book.ts";
export { capabilities, describeCapabilities } from "./registry.ts";
export { seedRecords } from "./seed-records.ts";
