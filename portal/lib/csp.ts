/**
 * What a page of the portal may load: its own files and nothing else, no inline script or style.
 * `wasm-unsafe-eval` is for the search index (WebAssembly) and allows no script evaluation.
 */
const DIRECTIVES = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "object-src 'none'",
];

/** For the `<meta>` element, so that the policy holds on any static host. */
export const CONTENT_SECURITY_POLICY = DIRECTIVES.join("; ");

/** For the response header; framing can only be refused there. */
export const CONTENT_SECURITY_POLICY_HEADER = `${CONTENT_SECURITY_POLICY}; frame-ancestors 'none'`;
