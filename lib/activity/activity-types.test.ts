import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { ACTIVITY_TYPES } from "./activity-types";

const root = fileURLToPath(new URL("..", import.meta.url));

test("C11 every type of activity is logged by a command or a job", () => {
  const logs = /INSERT INTO activity|log(Activity|Activities|OrganizationChange)[(]/;
  const texts = readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((file) => /^(?!.*([.]test|log-activity)[.]).*[.]ts$/.test(file))
    .map((file) => readFileSync(path.join(root, file), "utf8"))
    .filter((text) => logs.test(text));
  expect(texts.length).toBeGreaterThan(20);
  const isLogged = (type: string) => texts.some((text) => new RegExp(`["']${type}["']`).test(text));
  expect(ACTIVITY_TYPES.filter((type) => !isLogged(type))).toEqual([]);
});
