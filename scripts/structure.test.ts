import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterEach, expect, test } from "vitest";

const root = path.resolve(import.meta.dirname, "..");
const planted: string[] = [];
afterEach(() => {
  for (const folder of planted.splice(0)) rmSync(folder, { recursive: true });
});

/** The names of the rules that these files break, in a tree of their own. */
function broken(files: Record<string, string>): string[] {
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
  const cruise = path.join(root, "node_modules/dependency-cruiser/bin/dependency-cruise.mjs");
  const words = [cruise, "--config", path.join(root, "scripts/structure.cjs"), "--output-type", "json"];
  const folders = [...new Set(Object.keys(files).map((file) => file.split("/")[0] ?? ""))];
  const { stdout, stderr } = spawnSync(process.execPath, [...words, ...folders], {
    cwd: tree,
    encoding: "utf8",
  });
  if (!stdout) throw new Error(stderr);
  const report = JSON.parse(stdout) as { summary: { violations: { rule: { name: string } }[] } };
  return [...new Set(report.summary.violations.map(({ rule }) => rule.name))].sort();
}

const invite = { "lib/invitations/commands.ts": "export const invite = () => {};" };
const database = { "lib/db/client.ts": "export const db = {};" };

test("a tree that keeps to its rooms passes", () => {
  const action = 'import { invite } from "./commands";\nexport const inviteMembers = invite;';
  const page = 'import { inviteMembers } from "@/lib/invitations/actions";\nexport default inviteMembers;';
  expect(broken({ ...invite, "lib/invitations/actions.ts": action, "app/page.tsx": page })).toEqual([]);
}, 30_000);

test("a page that writes, or reads the database itself, is caught", () => {
  const page = 'import { invite } from "@/lib/invitations/commands";\nexport default invite;';
  expect(broken({ ...invite, "app/page.tsx": page })).toEqual(["app-decides-nothing"]);
  const reader = 'import { db } from "@/lib/db/client";\nexport default db;';
  expect(broken({ ...database, "app/o/page.tsx": reader })).toEqual(["app-decides-nothing"]);
}, 30_000);

test("a folder of commands is held like a file of them", () => {
  const page = 'import { join } from "@/lib/invitations/commands/join";\nexport default join;';
  const join = { "lib/invitations/commands/join.ts": "export const join = () => {};" };
  expect(broken({ ...join, "app/page.tsx": page })).toEqual(["app-decides-nothing"]);
}, 30_000);

test("a rule that asks the database, and a button that knows a noun, are caught", () => {
  const policy = 'import { db } from "@/lib/db/client";\nexport const may = db;';
  expect(broken({ ...database, "lib/invitations/status.ts": policy })).toEqual(["pure-files-know-no-world"]);
  const button = 'import { status } from "@/lib/invitations/status";\nexport const Button = status;';
  const status = { "lib/invitations/status.ts": "export const status = 1;" };
  expect(broken({ ...status, "components/ui/button.tsx": button })).toEqual(["ui-knows-no-nouns"]);
}, 30_000);

test("an import from a lower layer to a higher one is caught, also of a type alone", () => {
  const invitation = { "lib/invitations/row.ts": "export type Row = { id: string };" };
  const member = 'import type { Row } from "@/lib/invitations/row";\nexport type Member = Row;';
  expect(broken({ ...invitation, "lib/accounts/member.ts": member })).toEqual(["layer-accounts"]);
  expect(broken({ ...invitation, "lib/members/member.ts": member })).toEqual([]);
  expect(broken({ ...invitation, "lib/elsewhere/member.ts": member })).toEqual(["every-folder-has-a-layer"]);
}, 30_000);

test("a second user of a package, and a circle, are caught", () => {
  const sender = 'import { Resend } from "resend";\nexport const send = Resend;';
  expect(broken({ "lib/members/commands.ts": sender })).toEqual(["sole-user-of-resend"]);
  const circle = {
    "lib/lists/one.ts": 'import { two } from "./two";\nexport const one = () => two;',
    "lib/lists/two.ts": 'import { one } from "./one";\nexport const two = () => one;',
  };
  expect(broken(circle)).toEqual(["no-circles"]);
}, 30_000);
