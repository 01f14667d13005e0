import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterEach, expect, test } from "vitest";

const root = path.resolve(import.meta.dirname, "..");
const planted: string[] = [];
afterEach(() => {
  for (const folder of planted.splice(0)) rmSync(folder, { recursive: true });
});

/** Writes the files to a temporary project and returns the names of the rules that they break. */
function findBrokenRules(files: Record<string, string>): string[] {
  mkdirSync(path.join(root, "test-results"), { recursive: true });
  const tree = mkdtempSync(path.join(root, "test-results", "planted-"));
  planted.push(tree);
  symlinkSync(path.join(root, "node_modules"), path.join(tree, "node_modules"));
  symlinkSync(path.join(root, "package.json"), path.join(tree, "package.json"));
  writeFileSync(
    path.join(tree, "tsconfig.json"),
    JSON.stringify({
      compilerOptions: { moduleResolution: "bundler", module: "esnext", paths: { "@/*": ["./*"] } },
    }),
  );
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.join(tree, path.dirname(file)), { recursive: true });
    writeFileSync(path.join(tree, file), text);
  }
  const program = path.join(root, "node_modules/dependency-cruiser/bin/dependency-cruise.mjs");
  const args = [program, "--config", path.join(root, "scripts/structure.cjs"), "--output-type", "json"];
  const folders = [...new Set(Object.keys(files).map((file) => file.split("/")[0] ?? ""))];
  const { stdout, stderr } = spawnSync(process.execPath, [...args, ...folders], {
    cwd: tree,
    encoding: "utf8",
  });
  if (!stdout) throw new Error(stderr);
  const report = JSON.parse(stdout) as { summary: { violations: { rule: { name: string } }[] } };
  return [...new Set(report.summary.violations.map(({ rule }) => rule.name))].sort();
}

const invite = { "lib/invitations/commands.ts": "export const invite = () => {};" };
const database = { "lib/db/client.ts": "export const db = {};" };

test("a project that keeps the rules passes", () => {
  const action = 'import { invite } from "./commands";\nexport const inviteMembers = invite;';
  const page = 'import { inviteMembers } from "@/lib/invitations/actions";\nexport default inviteMembers;';
  expect(findBrokenRules({ ...invite, "lib/invitations/actions.ts": action, "app/page.tsx": page })).toEqual(
    [],
  );
}, 30_000);

test("a page that writes or reads the database is found", () => {
  const page = 'import { invite } from "@/lib/invitations/commands";\nexport default invite;';
  expect(findBrokenRules({ ...invite, "app/page.tsx": page })).toEqual(["app-does-not-write"]);
  const reader = 'import { db } from "@/lib/db/client";\nexport default db;';
  expect(findBrokenRules({ ...database, "app/o/page.tsx": reader })).toEqual(["app-does-not-write"]);
}, 30_000);

test("a folder of commands has the same rules as a file", () => {
  const page = 'import { join } from "@/lib/invitations/commands/join";\nexport default join;';
  const join = { "lib/invitations/commands/join.ts": "export const join = () => {};" };
  expect(findBrokenRules({ ...join, "app/page.tsx": page })).toEqual(["app-does-not-write"]);
}, 30_000);

test("a pure file that reads the database, and a UI component that imports a noun, are found", () => {
  const policy = 'import { db } from "@/lib/db/client";\nexport const may = db;';
  expect(findBrokenRules({ ...database, "lib/invitations/status.ts": policy })).toEqual([
    "pure-files-only-compute",
  ]);
  const button = 'import { status } from "@/lib/invitations/status";\nexport const Button = status;';
  const status = { "lib/invitations/status.ts": "export const status = 1;" };
  expect(findBrokenRules({ ...status, "components/ui/button.tsx": button })).toEqual(["ui-is-generic"]);
}, 30_000);

test("an import from a lower layer to a higher one is found, including an import of a type", () => {
  const invitation = { "lib/invitations/row.ts": "export type Row = { id: string };" };
  const member = 'import type { Row } from "@/lib/invitations/row";\nexport type Member = Row;';
  expect(findBrokenRules({ ...invitation, "lib/accounts/member.ts": member })).toEqual(["layer-accounts"]);
  expect(findBrokenRules({ ...invitation, "lib/members/member.ts": member })).toEqual([]);
  expect(findBrokenRules({ ...invitation, "lib/elsewhere/member.ts": member })).toEqual([
    "every-folder-has-a-layer",
  ]);
}, 30_000);

test("a second user of a package, and an import cycle, are found", () => {
  const sender = 'import { Resend } from "resend";\nexport const send = Resend;';
  expect(findBrokenRules({ "lib/members/commands.ts": sender })).toEqual(["sole-user-of-resend"]);
  const circle = {
    "lib/lists/one.ts": 'import { two } from "./two";\nexport const one = () => two;',
    "lib/lists/two.ts": 'import { one } from "./one";\nexport const two = () => one;',
  };
  expect(findBrokenRules(circle)).toEqual(["no-circles"]);
}, 30_000);

test("a product file that imports a test factory or a fixture is found, and a test or script is not", () => {
  const code = {
    "test/factories.ts": "export const add = () => {};",
    "lib/mail/fixture.ts": "export const add = 1;",
  };
  const factory = 'import { add } from "@/test/factories";\nexport const use = add;';
  const fixture = 'import { add } from "@/lib/mail/fixture";\nexport const use = add;';
  const product = {
    "lib/members/commands/join.ts": factory,
    "prisma/demo.ts": factory,
    "app/page.tsx": fixture,
  };
  for (const [file, text] of Object.entries(product))
    expect(findBrokenRules({ ...code, [file]: text }), file).toEqual(["test-code-is-for-tests"]);
  const tests = {
    "lib/members/join.test.ts": fixture,
    "scripts/proof.ts": factory,
    "e2e/worker.spec.ts": factory,
  };
  expect(findBrokenRules({ ...code, ...tests })).toEqual([]);
}, 30_000);
