import type { SandboxSettings } from "../../../sandbox/pipeline/options.ts";
import { openShop, type Shop } from "../pipeline/shop.ts";

export const TOKEN = "control-token-of-a-test";

export interface Controlled extends Shop {
  /** Calls the control API over the sandbox's own door, with its token. */
  control(
    method: string,
    path: string,
    json?: unknown,
    headers?: Record<string, string>,
  ): Promise<ControlAnswer>;
}

export interface ControlAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly json: Record<string, unknown>;
}

/** The shop, whose spec set has no operation to control it by. */
export async function openControlled(settings: SandboxSettings = {}): Promise<Controlled> {
  const shop = await openShop({ controlToken: TOKEN, ...settings });
  const control: Controlled["control"] = async (method, path, json, headers = {}) => {
    const answered = await shop.call(method, `/_sandbox${path}`, {
      ...(json === undefined ? {} : { json }),
      headers: { authorization: `Bearer ${TOKEN}`, ...headers },
    });
    return answered;
  };
  return Object.assign(shop, { control });
}
