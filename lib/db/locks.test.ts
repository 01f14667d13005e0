import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
const lock = /FOR (UPDATE|NO KEY UPDATE|SHARE|KEY SHARE)|pg_(try_)?advisory/;

test("rows and advisory locks are locked only by the helpers in lib/db/locks.ts", () => {
  // `lib/postgres` runs before there is a database client.
  const isExempt = (file: string) => /^lib\/(db\/(locks|generated\/)|postgres\/)|[.]test[.]/.test(file);
  const files = ["lib", "prisma"].flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" }).flatMap((file) =>
      file.endsWith(".ts") ? `${folder}/${file}` : [],
    ),
  );
  expect(files.length).toBeGreaterThan(100);
  const others = files.filter(
    (file) => !isExempt(file) && lock.test(readFileSync(path.join(root, file), "utf8")),
  );
  expect(others).toEqual([]);
});
