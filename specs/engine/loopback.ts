/** Whether a host, as a URL has it, is this machine under its own names: nothing that is sent there leaves it. */
export function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d+){3}$/.test(hostname);
}
