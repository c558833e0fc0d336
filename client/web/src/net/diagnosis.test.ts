import { beforeEach, expect, test } from "vitest";
import { Diagnosis, SUSPECT_AFTER } from "./diagnosis.ts";

let answers: boolean;
let diagnosis: Diagnosis;

beforeEach(() => {
  answers = true;
  diagnosis = new Diagnosis({ answers: () => Promise.resolve(answers) });
});

async function fail(times: number): Promise<void> {
  for (let i = 0; i < times; i += 1) {
    diagnosis.failed();
    await Promise.resolve();
    await Promise.resolve();
  }
}

test("HTTP that answers beside connections that all fail is a block", async () => {
  await fail(SUSPECT_AFTER);
  expect(diagnosis.isBlocked).toBe(false);
  await fail(1);
  expect(diagnosis.isBlocked).toBe(true);
});

test("a server that is away is no block, nor one that has just come back", async () => {
  answers = false;
  await fail(SUSPECT_AFTER + 3);
  expect(diagnosis.isBlocked).toBe(false);
  answers = true;
  await fail(1);
  expect(diagnosis.isBlocked).toBe(false);
  diagnosis.reached();
  await fail(1);
  expect(diagnosis.isBlocked).toBe(false);
});

test("a server that says why it hangs up is reached", async () => {
  await fail(SUSPECT_AFTER + 1);
  diagnosis.failed(1012);
  expect(diagnosis.isBlocked).toBe(false);
  await fail(1);
  expect(diagnosis.isBlocked).toBe(false);
});
