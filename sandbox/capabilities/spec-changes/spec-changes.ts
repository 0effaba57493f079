import type { Capability } from "../capability.ts";
import { decide, takeEffect, withdraw } from "./deciding.ts";
import { comment, object } from "./discussing.ts";
import { propose } from "./proposing.ts";
import { affected, comments, get, list } from "./reading.ts";

export const specChangeCapabilities: readonly Capability[] = [
  propose,
  list,
  get,
  affected,
  comments,
  comment,
  object,
  decide,
  withdraw,
  takeEffect,
];
