import { collections } from "../capabilities/records.ts";
import { after, type Soon } from "../values/soon.ts";
import type { Core } from "./core.ts";
import type { AnyAnswer } from "./prepare.ts";
import { TIMERS } from "./timers.ts";

/** What an answer sets going, before it goes out. Little of what is answered changes the sandbox itself, which takes time. */
export function followUp(core: Core, answer: AnyAnswer, requestId: string): Soon<void> {
  const { events = [], replay, clock, resumes = [] } = answer;
  const watches = wrote(answer, collections.certificationWindows);
  if (wrote(answer, TIMERS)) core.background.timersChanged();
  const changed =
    watches || clock !== undefined || resumes.length > 0
      ? changeSandbox(core, answer, requestId, watches)
      : undefined;
  return after(changed, () => {
    if (events.length > 0 || replay !== undefined || clock !== undefined) core.dispatcher.wake();
  });
}

const wrote = ({ writes }: AnyAnswer, collection: string): boolean =>
  writes?.some((write) => write.collection === collection) === true;

async function changeSandbox(
  { background, dispatcher, observation }: Core,
  { clock, resumes = [] }: AnyAnswer,
  requestId: string,
  watches: boolean,
): Promise<void> {
  if (watches) await observation?.refresh();
  if (clock !== undefined) await background.runTimers(requestId);
  for (const endpointId of resumes) await dispatcher.release(endpointId);
}
