import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { checkMessages } from "./messages.mjs";

const planted: string[] = [];
afterEach(() => {
  for (const folder of planted.splice(0)) rmSync(folder, { recursive: true });
});

type Catalog = { [name: string]: string | Catalog };

const NO_EXCEPTIONS = { identical: [], words: { banned: [], allowed: [] }, text: [], namespaces: [] };

/** Writes a project to a temporary folder and returns the findings of a rule. */
function check(
  rule: string,
  { catalogs, files = {} }: { catalogs: Record<string, Catalog>; files?: Record<string, string> },
  exceptions: Partial<Parameters<typeof checkMessages>[2]> = {},
): string[] {
  const root = mkdtempSync(path.join(tmpdir(), "messages-"));
  planted.push(root);
  const all = Object.entries(catalogs).map(([locale, catalog]) => [
    `messages/${locale}.json`,
    JSON.stringify(catalog),
  ]);
  for (const [file = "", text = ""] of [...all, ...Object.entries(files)]) {
    mkdirSync(path.join(root, path.dirname(file)), { recursive: true });
    writeFileSync(path.join(root, file), text);
  }
  const findings = checkMessages(root, [rule], { ...NO_EXCEPTIONS, ...exceptions });
  return findings.get(rule) ?? [];
}

describe("icu", () => {
  const findings = (en: string, others: Record<string, string> = {}) =>
    check("icu", {
      catalogs: Object.fromEntries(
        Object.entries({ en, ...others }).map(([locale, text]) => [locale, { a: text }]),
      ),
    });

  test("messages that need the same values pass", () => {
    const en =
      "<b>{name}</b> {count, plural, one {# day} other {# days}} {role, select, owner {an Owner} other {a user}}";
    const ja = "<b>{name}</b> {count, plural, other {#日}} {role, select, other {利用者} owner {所有者}}";
    const fr =
      "{count, plural, one {# jour} other {# jours}} <b>{name}</b> {role, select, owner {un} other {le}}";
    expect(findings(en, { ja, fr })).toEqual([]);
  });

  test("a message that does not parse is found", () => {
    expect(findings("Hello {name")).toEqual([
      "messages/en.json a: does not parse: EXPECT_ARGUMENT_CLOSING_BRACE",
    ]);
  });

  test.each([
    ["a lost argument", "Hi {name}", "Hallo", "lacks the argument {name}"],
    ["a new argument", "Hi", "Hallo {name}", "has the argument {name}, which English does not have"],
    ["a lost tag", "<b>Hi</b>", "Hallo", "lacks the tag <b>"],
    ["a new tag", "Hi", "<b>Hallo</b>", "has the tag <b>, which English does not have"],
    [
      "a lost choice",
      "{role, select, owner {x} other {y}}",
      "{role}",
      "{role} is a value, in English a select",
    ],
    [
      "another case",
      "{role, select, owner {x} other {y}}",
      "{role, select, admin {x} other {y}}",
      "{role} has the cases admin, other, in English other, owner",
    ],
    [
      "a missing plural",
      "{n, plural, one {# a} other {# b}}",
      "{n, plural, other {# b}}",
      'the plural of {n} lacks "one"',
    ],
    [
      "a superfluous plural",
      "{n, plural, one {# a} other {# b}}",
      "{n, plural, one {#} two {#} other {#}}",
      '"two" of the plural of {n} is never used in de',
    ],
  ])("%s in another language is found", (_, en, de, problem) => {
    expect(findings(en, { de })).toEqual([`messages/de.json a: ${problem}`]);
  });

  test('"=1" replaces "one" in English, but not in French, where 0 is "one" too', () => {
    const message = "{n, plural, =1 {a} other {b}}";
    expect(findings(message, { fr: message })).toEqual(['messages/fr.json a: the plural of {n} lacks "one"']);
  });

  test("another language can have a plural where English has a number", () => {
    expect(findings("{n, number} fish", { de: "{n, plural, one {# Fisch} other {# Fische}}" })).toEqual([]);
  });
});

describe("languages", () => {
  test("a language can leave out only the admin", () => {
    const en = { join: { title: "Join" }, admin: { title: "Users" } };
    expect(check("languages", { catalogs: { en, de: { join: { title: "Beitreten" } } } })).toEqual([]);
  });

  test("a missing message, and one that English lacks, are found", () => {
    const catalogs = { en: { join: { title: "Join" } }, de: { join: { name: "Name" } } };
    expect(check("languages", { catalogs })).toEqual([
      "messages/de.json join.title: is missing",
      "messages/de.json join.name: does not exist in English",
    ]);
  });
});

describe("keys", () => {
  const en = {
    join: { title: "Join", gone: "Gone", roles: { owner: "Owner", admin: "Admin" }, used: "This was used." },
  };

  test("keys in calls, conditions, templates and records are used", () => {
    const files = {
      "app/page.tsx": `t(isOpen ? "join.title" : "join.gone"); t(\`join.roles.\${role}\`);`,
      "lib/join/messages.ts": 'export const MESSAGES = { used: "join.used" };',
    };
    expect(check("keys", { catalogs: { en }, files })).toEqual([]);
  });

  test("a message that only a test or a type names is not used", () => {
    const files = {
      "app/page.tsx": `t("join.title"); t("join.used"); t(\`join.roles.\${role}\`); type Key = "join.gone";`,
      "lib/a.test.ts": 't("join.gone");',
    };
    expect(check("keys", { catalogs: { en }, files })).toEqual(["messages/en.json join.gone: is not used"]);
  });

  test("a key without a message is found, by its line", () => {
    const files = {
      "app/page.tsx": `t("join.title");\nt.rich("join.name");\nreader.t(\`join.names.\${name}\`);`,
      "lib/schema.ts": 'messageKey("join.missing"); t.has("join.no");',
      "lib/all.ts": 'const all = ["join.gone", "join.used", "join.roles.owner", "join.roles.admin"];',
    };
    expect(check("keys", { catalogs: { en }, files })).toEqual([
      'app/page.tsx:2: no message has the key "join.name"',
      'app/page.tsx:3: no message has the key "join.names.…"',
      'lib/schema.ts:1: no message has the key "join.missing"',
      'lib/schema.ts:1: no message has the key "join.no"',
    ]);
  });
});

describe("values", () => {
  const en = { a: { name: "Hi {name}", tag: "<b>{name}</b>", none: "Hi" } };
  const findings = (code: string, file = "app/page.tsx") =>
    check("values", { catalogs: { en }, files: { [file]: code } });

  test.each([
    't("a.name", { name })',
    't.rich("a.tag", { name, b: (text) => text })',
    't("a.none")',
    't("a.name", values)',
    't("a.name", { ...values })',
    't(isKnown ? "a.name" : "a.none", { name })',
    `t(\`a.\${kind}\`)`,
    't.has("a.name")',
  ])("%s passes", (code) => {
    expect(findings(code)).toEqual([]);
  });

  test.each([
    ['t("a.name")', '"a.name" needs the value "name"'],
    ['t.rich("a.tag", { name })', '"a.tag" needs the value "b"'],
    ['t("a.none", { name })', '"a.none" has no argument or tag "name"'],
    ['t(isKnown ? "a.name" : "a.none")', '"a.name" needs the value "name"'],
    ['t("a.name", { ...values, other })', '"a.name" has no argument or tag "other"'],
  ])("%s is found", (code, problem) => {
    expect(findings(code)).toEqual([`app/page.tsx:1: ${problem}`]);
  });

  test("the values of an email's messages are checked, with the tags that every email has", () => {
    const email = "emails/invitation.ts";
    expect(findings('const line = { key: "a.tag", values: { name } };', email)).toEqual([]);
    expect(findings('const line = { key: "a.tag", values };', email)).toEqual([]);
    expect(findings('const line = { key: "a.tag" };', email)).toEqual([
      'emails/invitation.ts:1: "a.tag" needs the value "name"',
    ]);
  });
});

describe("identical", () => {
  const catalogs = {
    en: { a: "Close", b: "{name}: {error}", c: "Name" },
    de: { a: "Close", b: "{name}: {error}", c: "Name" },
  };

  test("an untranslated message is found, unless it has no words or is allowed", () => {
    const allowed = { identical: [{ text: "Name", locales: ["de"], reason: "German" }] };
    expect(check("identical", { catalogs }, allowed)).toEqual([
      'messages/de.json a: equals the English "Close"',
    ]);
  });

  test("an exception of one language does not hold for another", () => {
    const allowed = { identical: [{ text: "Close|Name", locales: ["fr"], reason: "French" }] };
    expect(check("identical", { catalogs }, allowed)).toHaveLength(2);
  });
});

describe("words", () => {
  const words = {
    banned: [{ text: "\\bplease\\b", instead: "leave it out" }],
    allowed: [{ text: "\\d+ letters", reason: "Letters of the alphabet." }],
  };
  const findings = (text: string, key = "title") =>
    check("words", { catalogs: { en: { [key]: text } } }, { words });

  test.each([
    "The link is no longer valid.",
    "The code has 20 letters.",
    "Invited {name}. You can't undo this…",
    "{count, plural, one {# person} other {# people}} said “yes”.",
    Array(20).fill("word").join(" "),
    `${Array(15).fill("word").join(" ")}. ${Array(15).fill("word").join(" ")}.`,
  ])("%j passes", (text) => {
    expect(findings(text)).toEqual([]);
  });

  test.each([
    ["This is no address.", 'has "is no"'],
    ["We sent a letter.", 'has the word "letter"'],
    ["{count, plural, one {Please wait} other {Wait}}", 'has "Please"; leave it out'],
    ['Say "yes".', "has straight quotes; use “ ”, or those of the language"],
    ["Loading...", 'has "..."; use "…"'],
    [" Close", "begins or ends with a space"],
    ["Close  it", "has two spaces in a row"],
    ["Close\u200Bit", "has the invisible character U+200B"],
    ["Save&nbsp;it", "has an HTML entity; write the character"],
    [
      Array(21).fill("word").join(" "),
      `has a sentence of 21 words, more than 20: "${Array(21).fill("word").join(" ")}"`,
    ],
  ])("%j is found", (text, problem) => {
    expect(findings(text)).toEqual([`messages/en.json title: ${problem}`]);
  });

  test("a long hint is found, and another text of that length is not", () => {
    const text = `${"A longer text. ".repeat(6)}End.`;
    expect(findings(text)).toEqual([]);
    for (const key of ["hint", "nameHint"])
      expect(findings(text, key)).toEqual([
        `messages/en.json ${key}: is a hint of 94 characters, more than 90`,
      ]);
  });

  test("words are checked in English only, characters in every language", () => {
    const catalogs = { en: { a: "Hi" }, de: { a: "Please..." } };
    expect(check("words", { catalogs }, { words })).toEqual(['messages/de.json a: has "..."; use "…"']);
  });
});

describe("text", () => {
  const findings = (code: string, file = "components/a.tsx", text: { path: string; text: string }[] = []) =>
    check(
      "text",
      { catalogs: { en: { a: { b: "Hi" } } }, files: { [file]: code } },
      { text: text.map((entry) => ({ ...entry, reason: "A test." })) },
    );

  test.each([
    '<p className="some words">{t("a.b")} · 1</p>',
    '<Field label="a.b" title={t("a.b")} description={isOpen ? text : undefined} />',
    "<p>{count > 1 ? count : null}</p>",
  ])("%s passes", (code) => {
    expect(findings(`const a = ${code};`)).toEqual([]);
  });

  test.each([
    ["<p>Hello you</p>", "Hello you"],
    ['<Field label="Your name" />', "Your name"],
    ['<a aria-label={isOpen ? "Close" : undefined} />', "Close"],
    [`<a title={\`Close \${name}\`} />`, "Close"],
    ['<p>{isOpen ? "Open" : null}</p>', "Open"],
    ['toast({ title: "Saved" })', "Saved"],
  ])("the text in %s is found", (code, text) => {
    expect(findings(`const a = ${code};`)).toEqual([`components/a.tsx:1: "${text}" is not in the catalog`]);
  });

  test("an exception holds for its file and the whole text", () => {
    const exception = [{ path: "^app/global-error", text: "Try again" }];
    expect(findings("<p>Try again</p>", "app/global-error.tsx", exception)).toEqual([]);
    expect(findings("<p>Try again now</p>", "app/global-error.tsx", exception)).toHaveLength(1);
    expect(findings("<p>Try again</p>", "app/error.tsx", exception)).toHaveLength(1);
  });

  test("formats that ignore the reader's language are found, in lib too", () => {
    expect(findings("export const a = count.toLocaleString();", "lib/a.ts")).toHaveLength(1);
    expect(findings('export const a = new Intl.NumberFormat("en-US");', "lib/a.ts")).toHaveLength(1);
    expect(findings("export const a = new Intl.NumberFormat(locale);", "lib/a.ts")).toEqual([]);
  });
});

describe("namespaces", () => {
  const en = {
    common: { close: "Close" },
    join: { title: "Join" },
    home: { title: "Home" },
    admin: { users: { title: "Users" } },
  };
  const base = {
    "components/i18n/client-messages.tsx": 'const ON_EVERY_PAGE = ["common"];',
    "components/join.tsx":
      '"use client";\nexport function JoinForm() { return t("join.title") + t("common.close"); }',
    "components/home.tsx":
      '"use client";\nimport { HOME } from "@/lib/messages";\nexport const Home = () => t(HOME);',
    "lib/messages.ts": 'export const HOME = "home.title";\nexport const JOIN = "join.title";',
    "app/layout.tsx": layout("<ClientMessages>{children}</ClientMessages>"),
  };

  function layout(body: string, imports = "") {
    return `${imports}\nexport default function Layout({ children }) { return ${body}; }`;
  }

  function page(body: string) {
    return [
      'import { JoinForm } from "@/components/join";',
      'import { Home } from "../components/home";',
      `export default function Page() { return ${body}; }`,
    ].join("\n");
  }

  const findings = (
    files: Record<string, string>,
    namespaces: { path: string; namespace: string; reason: string }[] = [],
  ) => check("namespaces", { catalogs: { en }, files: { ...base, ...files } }, { namespaces });

  test("a page with the namespaces of its client components passes", () => {
    expect(
      findings({
        "app/page.tsx": page(
          '<><ClientMessages namespaces={["join"]}><JoinForm /></ClientMessages><ClientMessages namespaces={["home"]}><Home /></ClientMessages></>',
        ),
      }),
    ).toEqual([]);
  });

  test("what a page lacks is found, with the files that lead there", () => {
    expect(findings({ "app/page.tsx": page("<Home />") })).toEqual([
      'app/page.tsx: the namespaces at app/layout.tsx:2 lack "home" (app/page.tsx → components/home.tsx → lib/messages.ts)',
    ]);
  });

  test("the namespaces of the nearest layout hold for its pages, and replace outer ones", () => {
    const users = `"use client";\nexport const Users = () => t(\`admin.users.\${part}\`);`;
    const usersPage = 'import { Users } from "@/components/users";\nexport default () => <Users />;';
    const admin = layout('<ClientMessages namespaces={["admin.users"]}>{children}</ClientMessages>');
    const files = {
      "components/users.tsx": users,
      "app/admin/layout.tsx": admin,
      "app/admin/page.tsx": usersPage,
    };
    expect(findings(files)).toEqual([]);
    const list = layout('<ClientMessages namespaces={["join"]}>{children}</ClientMessages>');
    expect(
      findings({ ...files, "app/admin/list/layout.tsx": list, "app/admin/list/page.tsx": usersPage }),
    ).toEqual([
      'app/admin/list/page.tsx: the namespaces at app/admin/list/layout.tsx:2 lack "admin.users" (app/admin/list/page.tsx → components/users.tsx)',
      'app/admin/list/layout.tsx:2: no client component needs "join"',
    ]);
  });

  test("components that a page loads later, or keeps in a variable, count", () => {
    const later =
      '"use client";\nconst Form = lazy(() => import("@/components/form"));\nexport const Dialog = () => <Form />;';
    const form =
      'import { JoinForm } from "@/components/join";\nexport default function Form() { return <JoinForm />; }';
    const start = 'import { Dialog } from "@/components/dialog";\n';
    const files = { "components/dialog.tsx": later, "components/form.tsx": form };
    const inVariable = (list: string) =>
      `${start}const LIST = [${list}];\nexport default function Page() { const tools = <Dialog />; return <ClientMessages namespaces={LIST}>{tools}</ClientMessages>; }`;
    expect(findings({ ...files, "app/page.tsx": inVariable('"join"') })).toEqual([]);
    expect(findings({ ...files, "app/page.tsx": inVariable("") })).toEqual([
      'app/page.tsx: the namespaces at app/page.tsx:3 lack "join" (app/page.tsx → components/dialog.tsx → components/form.tsx → components/join.tsx)',
    ]);
  });

  test("server components, server actions, types and other exports of a file do not count", () => {
    const client = [
      '"use client";',
      'import { joinAction } from "@/lib/actions";',
      'import type { HomeProps } from "@/components/home";',
      'import { HOME } from "@/lib/messages";',
      "export const Open = () => joinAction(t(HOME));",
    ].join("\n");
    const files = {
      "components/server.tsx": 'export const Server = () => t("join.title");',
      "components/open.tsx": client,
      "lib/actions.ts": '"use server";\nexport async function joinAction() { return t("join.title"); }',
      "app/page.tsx":
        'import { Open } from "@/components/open";\nimport { Server } from "@/components/server";\nexport default () => <ClientMessages namespaces={["home"]}><Open /><Server /></ClientMessages>;',
    };
    expect(findings(files)).toEqual([]);
  });

  test("the page for errors of the root layout has no messages", () => {
    const globalError = '"use client";\nexport default () => <p>{t("common.close")}</p>;';
    expect(findings({ "app/global-error.tsx": globalError })).toEqual([
      'app/global-error.tsx: no ClientMessages has "common" (app/global-error.tsx)',
    ]);
  });

  test("superfluous and unreadable namespaces are found", () => {
    const list = '<ClientMessages namespaces={["join", "home", "common"]}><JoinForm /></ClientMessages>';
    expect(findings({ "app/page.tsx": page(list) })).toEqual([
      'app/page.tsx:3: no client component needs "home"',
      'app/page.tsx:3: "common" is always available',
    ]);
    const computed = page("<ClientMessages namespaces={listNamespaces()}><p /></ClientMessages>");
    expect(findings({ "app/page.tsx": computed })).toEqual([
      "app/page.tsx:3: write the namespaces as a list in the same file",
    ]);
  });

  test("an exception holds for the pages whose imports include its file", () => {
    const exception = { path: "^components/home", namespace: "home", reason: "A test." };
    expect(findings({ "app/page.tsx": page("<Home />") }, [exception])).toEqual([]);
  });
});

test("all rules are checked by default", () => {
  const root = mkdtempSync(path.join(tmpdir(), "messages-"));
  planted.push(root);
  mkdirSync(path.join(root, "messages"));
  writeFileSync(path.join(root, "messages/en.json"), "{}");
  expect([...checkMessages(root)]).toEqual([
    ["icu", []],
    ["languages", []],
    ["keys", []],
    ["values", []],
    ["identical", []],
    ["notes", []],
    ["words", []],
    ["text", []],
    ["namespaces", []],
  ]);
});

describe("notes", () => {
  const findings = (notes: string) =>
    check("notes", {
      catalogs: { en: { form: { title: "Title" } } },
      files: { "messages/README.md": `| key | note |\n| --- | --- |\n${notes}\n` },
    });

  test("a note about a message or a group of messages passes", () => {
    expect(findings("| `form.title` | Heading. |\n| `form` | A form. |")).toEqual([]);
  });

  test("a note about a message that does not exist is found", () => {
    expect(findings("| `form.tit` | Heading. |")).toEqual(["messages/README.md: form.tit is not a message"]);
  });
});
