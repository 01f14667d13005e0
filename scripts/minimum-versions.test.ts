import { expect, test } from "vitest";
import { findOutdatedPackages, listInstalledPackages } from "./minimum-versions.mjs";

const minimumVersions = [{ package: "next-auth", minimum: "5.0.0-beta.32", reason: "a vulnerability" }];
const installed = (version: string) =>
  listInstalledPackages({
    packages: { "": { version: "0.1.0" }, "node_modules/a/node_modules/next-auth": { version } },
  });

test("the minimum version and higher ones pass, including pre-releases", () => {
  for (const version of ["5.0.0-beta.32", "5.0.0-beta.100", "5.0.0"])
    expect(findOutdatedPackages(minimumVersions, installed(version)), version).toEqual([]);
});

test("a copy below the minimum version is reported with its path and the reason", () => {
  expect(findOutdatedPackages(minimumVersions, installed("5.0.0-beta.9"))).toEqual([
    "next-auth 5.0.0-beta.9 at node_modules/a/node_modules/next-auth is below 5.0.0-beta.32 (a vulnerability).",
  ]);
});

test("a minimum version of a package that is not installed is reported", () => {
  expect(findOutdatedPackages(minimumVersions, [])).toHaveLength(1);
});
