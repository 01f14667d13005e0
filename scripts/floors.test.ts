import { expect, test } from "vitest";
import { belowFloors, installedBy } from "./floors.mjs";

const floors = [{ package: "next-auth", atLeast: "5.0.0-beta.32", because: "a hole" }];
const installed = (version: string) =>
  installedBy({
    packages: { "": { version: "0.1.0" }, "node_modules/a/node_modules/next-auth": { version } },
  });

test("a version at its floor or above passes, also among pre-releases", () => {
  for (const version of ["5.0.0-beta.32", "5.0.0-beta.100", "5.0.0"])
    expect(belowFloors(floors, installed(version)), version).toEqual([]);
});

test("a copy below its floor is named with its place and the reason", () => {
  expect(belowFloors(floors, installed("5.0.0-beta.9"))).toEqual([
    "next-auth 5.0.0-beta.9 at node_modules/a/node_modules/next-auth is below 5.0.0-beta.32 (a hole).",
  ]);
});

test("a floor for what is not installed is itself a fault", () => {
  expect(belowFloors(floors, [])).toHaveLength(1);
});
