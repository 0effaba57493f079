import type { SandboxControl } from "./control.ts";
import type { Told } from "./told.ts";

/** Tells a sandbox again what a recording says that it was told. */
export function tell(control: SandboxControl, told: Told): Promise<unknown> {
  switch (told.does) {
    case "clock.set":
      return control.clock.set(told.with);
    case "reset":
      return control.reset();
    case "faults.add":
      return control.faults.add(...told.with.rules);
    case "faults.remove":
      return control.faults.remove(told.with.id);
    case "faults.clear":
      return control.faults.clear();
    case "endpoints.register":
      return control.endpoints.register(told.with);
    case "events.trigger":
      return control.events.trigger(told.with);
    case "events.replay":
      return control.events.replay(told.with.eventId, told.with.party);
    case "decisions.act":
      return control.decisions.act(told.with.name, told.with.input, told.with.party);
  }
}
