import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

const root = path.resolve(import.meta.dirname, "..");

/** The files of a project that keeps some rules and breaks others. */
const files: Record<string, string> = {
  "lib/db/client.ts": "export const db = {};",
  "lib/invitations/commands.ts": "export const invite = () => {};",
  "lib/invitations/commands/join.ts": "export const join = () => {};",
  "lib/invitations/row.ts": "export type Row = { id: string };",
  "lib/mail/fixture.ts": "export const add = 1;",
  "lib/requests/status.ts": "export const status = 1;",
  "test/factories.ts": "export const add = () => {};",

  "lib/invitations/actions.ts": 'import { invite } from "./commands";\nexport const inviteMembers = invite;',
  "app/action/page.tsx":
    'import { inviteMembers } from "@/lib/invitations/actions";\nexport default inviteMembers;',

  "app/write/page.tsx": 'import { invite } from "@/lib/invitations/commands";\nexport default invite;',
  "app/join/page.tsx": 'import { join } from "@/lib/invitations/commands/join";\nexport default join;',
  "app/read/page.tsx": 'import { db } from "@/lib/db/client";\nexport default db;',

  "lib/invitations/status.ts": 'import { db } from "@/lib/db/client";\nexport const may = db;',
  "components/ui/button.tsx":
    'import { status } from "@/lib/requests/status";\nexport const Button = status;',

  "lib/members/member.ts": 'import type { Row } from "@/lib/invitations/row";\nexport type Member = Row;',
  "lib/accounts/member.ts": 'import type { Row } from "@/lib/invitations/row";\nexport type Member = Row;',
  "lib/elsewhere/member.ts": 'import type { Row } from "@/lib/invitations/row";\nexport type Member = Row;',

  "lib/members/commands.ts": 'import { Resend } from "resend";\nexport const send = Resend;',
  "lib/lists/one.ts": 'import { two } from "./two";\nexport const one = () => two;',
  "lib/lists/two.ts": 'import { one } from "./one";\nexport const two = () => one;',

  "lib/members/commands/add.ts": 'import { add } from "@/test/factories";\nexport const use = add;',
  "prisma/demo.ts": 'import { add } from "@/test/factories";\nexport const use = add;',
  "app/fixture/page.tsx": 'import { add } from "@/lib/mail/fixture";\nexport const use = add;',
  "lib/members/join.test.ts": 'import { add } from "@/lib/mail/fixture";\nexport const use = add;',
  "scripts/proof.ts": 'import { add } from "@/test/factories";\nexport const use = add;',
  "e2e/worker.spec.ts": 'import { add } from "@/test/factories";\nexport const use = add;',
};

let tree: string;
let violations: { from: string; rule: { name: string } }[];

// One run for all tests: each takes seconds.
beforeAll(() => {
  mkdirSync(path.join(root, "test-results"), { recursive: true });
  tree = mkdtempSync(path.join(root, "test-results", "planted-"));
  for (const name of ["node_modules", "package.json"])
    symlinkSync(path.join(root, name), path.join(tree, name));
  const compilerOptions = { moduleResolution: "bundler", module: "esnext", paths: { "@/*": ["./*"] } };
  writeFileSync(path.join(tree, "tsconfig.json"), JSON.stringify({ compilerOptions }));
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
  violations = (JSON.parse(stdout) as { summary: { violations: typeof violations } }).summary.violations;
}, 60_000);
afterAll(() => rmSync(tree, { recursive: true }));

/** Returns the names of the rules that a file breaks. */
function findBrokenRules(file: string): string[] {
  expect(files).toHaveProperty([file]);
  return violations.filter(({ from }) => from === file).map(({ rule }) => rule.name);
}

test.each(["app/action/page.tsx", "lib/invitations/actions.ts", "lib/members/member.ts"])(
  "%s keeps the rules",
  (file) => {
    expect(findBrokenRules(file)).toEqual([]);
  },
);

test.each(["app/write/page.tsx", "app/join/page.tsx", "app/read/page.tsx"])(
  "%s, a page that writes or reads the database, is found",
  (file) => {
    expect(findBrokenRules(file)).toEqual(["app-does-not-write"]);
  },
);

test("a pure file that reads the database, and a UI component that imports a noun, are found", () => {
  expect(findBrokenRules("lib/invitations/status.ts")).toEqual(["pure-files-only-compute"]);
  expect(findBrokenRules("components/ui/button.tsx")).toEqual(["ui-is-generic"]);
});

test("an import from a lower layer to a higher one is found, including an import of a type", () => {
  expect(findBrokenRules("lib/accounts/member.ts")).toEqual(["layer-accounts"]);
  expect(findBrokenRules("lib/elsewhere/member.ts")).toEqual(["every-folder-has-a-layer"]);
});

test("a second user of a package, and an import cycle, are found", () => {
  expect(findBrokenRules("lib/members/commands.ts")).toEqual(["sole-user-of-resend"]);
  expect([...findBrokenRules("lib/lists/one.ts"), ...findBrokenRules("lib/lists/two.ts")]).toContain(
    "no-circles",
  );
});

test.each(["lib/members/commands/add.ts", "prisma/demo.ts", "app/fixture/page.tsx"])(
  "%s, a product file that imports a test factory or a fixture, is found",
  (file) => {
    expect(findBrokenRules(file)).toEqual(["test-code-is-for-tests"]);
  },
);

test.each(["lib/members/join.test.ts", "scripts/proof.ts", "e2e/worker.spec.ts"])(
  "%s, a test or script, may import a test factory or a fixture",
  (file) => {
    expect(findBrokenRules(file)).toEqual([]);
  },
);
