import { expect, it } from "vitest";
import { RecordCache } from "../../../sandbox/store/record-cache.ts";

const record = (id: string) => ({ collection: "things", id, version: 1, sequence: 1, value: { id } });

it("tells a record that is known from one that isn't there and from one that nobody asked for", () => {
  const cache = new RecordCache();
  cache.keep("main", "things", "a", record("a"));
  cache.keep("main", "things", "b", undefined);
  expect(cache.find("main", "things", "a")).toEqual({ record: record("a") });
  expect(cache.find("main", "things", "b")).toEqual({ record: undefined });
  expect(cache.find("main", "things", "c")).toBeUndefined();
  expect(cache.find("other", "things", "a")).toBeUndefined();
  cache.forget("main", "things", "a");
  expect(cache.find("main", "things", "a")).toBeUndefined();
  cache.clear();
  expect(cache.find("main", "things", "b")).toBeUndefined();
});

it("keeps what is asked for again and again, however many others come, and lets those go", () => {
  const cache = new RecordCache();
  cache.keep("main", "things", "asked", record("asked"));
  cache.keep("main", "things", "left", record("left"));
  for (let number = 0; number < 10_000; number++) {
    cache.keep("main", "things", `other-${number}`, undefined);
    if (number % 500 === 0)
      expect(cache.find("main", "things", "asked")).toEqual({ record: record("asked") });
  }
  expect(cache.find("main", "things", "left")).toBeUndefined();
  cache.forget("main", "things", "asked");
  expect(cache.find("main", "things", "asked")).toBeUndefined();
});
