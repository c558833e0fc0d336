import { expect, test } from "vitest";
import { ServerClock } from "./server-clock.ts";

function clockAt(times: { local: number }): ServerClock {
  return new ServerClock(() => times.local);
}

test("the quickest of the last eight pings sets the clock", () => {
  const times = { local: 1000 };
  const clock = clockAt(times);
  times.local = 1500;
  clock.heed(1000, 9_900);
  times.local = 2000;
  clock.heed(1980, 10_990);
  expect(clock.now()).toBe(11_000);
});

test("a quick ping is forgotten after eight others", () => {
  const times = { local: 0 };
  const clock = clockAt(times);
  clock.heed(0, 0);
  for (let n = 0; n < 8; n += 1) {
    times.local += 200;
    clock.heed(times.local - 100, times.local + 500);
  }
  expect(clock.now()).toBe(times.local + 550);
});

test("time stands still rather than going back", () => {
  const times = { local: 0 };
  const clock = clockAt(times);
  clock.hear(5_000);
  expect(clock.now()).toBe(5_000);
  clock.heed(0, 4_000);
  expect(clock.now()).toBe(5_000);
  times.local = 1_500;
  expect(clock.now()).toBe(5_500);
});

test("after sleep no old ping is believed", () => {
  const times = { local: 0 };
  const clock = clockAt(times);
  clock.heed(0, 1_000);
  clock.doubt();
  clock.hear(60_000);
  expect(clock.now()).toBe(60_000);
});
