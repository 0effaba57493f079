/**
 * Milliseconds since the epoch by this process's clock, looked up each time: where a test puts another in its place
 * (`vi.setSystemTime`) or takes it away again, what is signed here must stay fresh for receivers in the same process.
 */
export const processClock = (): number => Date.now();
