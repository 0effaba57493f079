import { percentDecoded } from "../../specs/engine/percent-decoded.ts";
import { bytesOfBase64 } from "./bytes.ts";

export interface BasicCredentials {
  readonly user: string;
  readonly password: string;
}

/** What an `Authorization` header says after the word `Basic`; undefined where that is no base64. */
export function basicCredentials(credential: string): BasicCredentials | undefined {
  try {
    const [user = "", ...rest] = new TextDecoder().decode(bytesOfBase64(credential)).split(":");
    return { user, password: rest.join(":") };
  } catch {
    return undefined;
  }
}

/** The same of an OAuth client, which form-encodes both (RFC 6749, 2.3.1). */
export function clientCredentials(credential: string): BasicCredentials | undefined {
  const basic = basicCredentials(credential);
  return basic && { user: formDecoded(basic.user), password: formDecoded(basic.password) };
}

const formDecoded = (text: string): string => percentDecoded(text.replaceAll("+", " "));
