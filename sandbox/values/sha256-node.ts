import { hash } from "node:crypto";
import type { Sha256 } from "../rating/index.ts";

/** SHA-256 by Node: several times as fast as one written in JavaScript. */
export const nodeSha256: Sha256 = (data) => hash("sha256", data, "hex");
