/**
 * Node's HTTP for servers and clients. An `import` of it would read each of its exports, and those that are a page's too
 * (`WebSocket`) load the platform's whole `fetch`: about as much as Node's own start, for what no request needs.
 */
export const http = process.getBuiltinModule("node:http");
export const https = process.getBuiltinModule("node:https");
