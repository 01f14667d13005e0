import { describe, expect, test } from "vitest";
import { ConfigError, readConfig, readEnv } from "./env";

const key = (character: string) => Buffer.alloc(32, character).toString("base64");

/** Returns the variables as a production process has them. */
function environment(variables: Record<string, string>): NodeJS.ProcessEnv {
  return { NODE_ENV: "production", ...variables };
}

function problemsOf(variables: Record<string, string>): Record<string, string> {
  try {
    readConfig(environment(variables));
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return Object.fromEntries(error.problems.map(({ variable, message }) => [variable, message]));
  }
  return {};
}

const production = {
  DATABASE_URL: "postgresql://foyer:pw@db.internal:5432/foyer",
  FOYER_URL: "https://join.northwind.com/",
  FOYER_FROM: "Northwind <invitations@northwind.com>",
  RESEND_API_KEY: "re_123",
  RESEND_WEBHOOK_SECRET: "whsec_c2VjcmV0",
  FOYER_SECRET: "s".repeat(32),
  FOYER_KEYS: `2:${key("b")},1:${key("a")}`,
  FOYER_TRUSTED_PROXIES: "10.0.0.0/8, ::1",
};

test("H2 without any variable the configuration is valid, for localhost", () => {
  const settings = readConfig(environment({ PORT: "4000" }));
  expect(settings).toMatchObject({ port: 4000, origin: "http://localhost:4000", originConfigured: false });
  expect(settings.databaseUrl).toBeUndefined();
});

test("H2 production variables are parsed into the configuration", () => {
  expect(readEnv(environment(production))).toMatchObject({
    origin: "https://join.northwind.com",
    originConfigured: true,
    from: "Northwind <invitations@northwind.com>",
    keys: [
      { id: 2, secret: Buffer.alloc(32, "b") },
      { id: 1, secret: Buffer.alloc(32, "a") },
    ],
    trustedProxies: ["10.0.0.0/8", "::1"],
    securityContact: "mailto:invitations@northwind.com",
  });
});

test("H2 the security contact is an address, a URL, or the sender", () => {
  const contact = (variables: Record<string, string>) => readConfig(environment(variables)).securityContact;
  expect(contact({})).toBeUndefined();
  expect(contact({ FOYER_FROM: "a@northwind.com" })).toBe("mailto:a@northwind.com");
  expect(contact({ ...production, FOYER_SECURITY_CONTACT: "security@northwind.com" })).toBe(
    "mailto:security@northwind.com",
  );
  expect(contact({ FOYER_SECURITY_CONTACT: "https://northwind.com/report" })).toBe(
    "https://northwind.com/report",
  );
  expect(problemsOf({ FOYER_SECURITY_CONTACT: "javascript:alert(1)" })).toEqual({
    FOYER_SECURITY_CONTACT: "must be an email address or an https:// URL",
  });
});

test("H2 an empty variable counts as not set", () => {
  expect(problemsOf({ RESEND_API_KEY: "", SMTP_URL: "  ", FOYER_URL: "" })).toEqual({});
});

test("H2 one message names every invalid variable, each with its fix", () => {
  const wrong = {
    PORT: "http",
    DATABASE_URL: "mysql://root@localhost/foyer",
    FOYER_URL: "https://northwind.com/join",
    FOYER_FROM: "northwind",
    RESEND_API_KEY: "123",
    RESEND_WEBHOOK_SECRET: "abc",
    FOYER_SECRET: "short",
    FOYER_KEYS: "1:short",
    FOYER_TRUSTED_PROXIES: "10.0.0.0/33",
    FOYER_WORKER: "maybe",
    FOYER_LOG_LEVEL: "loud",
    NODE_ENV: "live",
  };
  expect(Object.keys(problemsOf(wrong)).sort()).toEqual(Object.keys(wrong).sort());
  expect(() => readConfig(environment(wrong))).toThrow(
    /^12 invalid settings:\n( {2}[A-Z_]+ +must .+\n?){12}$/,
  );
});

test("H2 no message repeats a secret", () => {
  const secrets = {
    RESEND_API_KEY: "hush1",
    FOYER_SECRET: "hush2",
    FOYER_KEYS: "hush3",
    DATABASE_URL: "x://a:hush4@b/c",
  };
  expect(JSON.stringify(problemsOf(secrets))).not.toContain("hush");
});

describe("H2 variables that conflict", () => {
  test.each([
    ["a provider without a sender", { RESEND_API_KEY: "re_1" }, "FOYER_FROM"],
    ["SMTP without a sender", { SMTP_URL: "smtp://mail.northwind.com" }, "FOYER_FROM"],
    ["two providers", { ...production, SMTP_URL: "smtp://mail.northwind.com" }, "SMTP_URL"],
    ["a webhook secret without Resend", { RESEND_WEBHOOK_SECRET: "whsec_YQ==" }, "RESEND_WEBHOOK_SECRET"],
    ["a secret without the keys", { FOYER_SECRET: "s".repeat(32) }, "FOYER_KEYS"],
    ["the keys without a secret", { FOYER_KEYS: `1:${key("a")}` }, "FOYER_SECRET"],
    ["no worker for the embedded database", { FOYER_WORKER: "off" }, "FOYER_WORKER"],
    ["plain http on a public host", { FOYER_URL: "http://join.northwind.com" }, "FOYER_URL"],
  ])("%s", (_, variables, variable) => {
    expect(Object.keys(problemsOf(variables))).toEqual([variable]);
  });
});

describe("H2 the public URL", () => {
  test.each(["https://x.io/path", "https://x.io?a=1", "https://u:p@x.io", "ftp://x.io", "x.io"])(
    "%s is refused",
    (address) => expect(Object.keys(problemsOf({ FOYER_URL: address }))).toEqual(["FOYER_URL"]),
  );
  test.each(["https://x.io", "http://localhost:3000", "http://127.0.0.1:3000/", "http://[::1]:3000"])(
    "%s is accepted",
    (address) => expect(problemsOf({ FOYER_URL: address })).toEqual({}),
  );
});

describe("H2 the key ring", () => {
  const ring = (keys: string) => problemsOf({ FOYER_SECRET: "s".repeat(32), FOYER_KEYS: keys });
  test("two keys with one id are refused", () => {
    expect(ring(`1:${key("a")},1:${key("b")}`).FOYER_KEYS).toMatch(/uses an id twice/);
  });
  test.each(["", "1", "1:", `0:${key("a")}`, `32768:${key("a")}`, `1:${key("a")},x`, "1:YQ=="])(
    "%o is not a valid key ring",
    (keys) => expect(ring(keys)).toHaveProperty("FOYER_KEYS"),
  );
});

test("H2 a process that npm start did not start gets an error that says so", () => {
  expect(() => readEnv(environment({}))).toThrow(
    /3 invalid settings:[\s\S]*FOYER_KEYS +is required \(`npm start`/,
  );
});

describe("H2 OpenID Connect providers", () => {
  const google = {
    FOYER_OIDC_GOOGLE_ISSUER: "https://accounts.google.com",
    FOYER_OIDC_GOOGLE_CLIENT_ID: "foyer",
    FOYER_OIDC_GOOGLE_CLIENT_SECRET: "hush",
  };
  const local = {
    FOYER_OIDC_MY_ID_ISSUER: "http://127.0.0.1:4000/realms/x",
    FOYER_OIDC_MY_ID_CLIENT_ID: "foyer",
    FOYER_OIDC_MY_ID_CLIENT_SECRET: "hush",
    FOYER_OIDC_MY_ID_NAME: "My ID",
  };

  test("H2 several are read in the order of the list, each from its own variables", () => {
    const { providers } = readConfig(environment({ FOYER_OIDC: "my-id, google", ...google, ...local }));
    expect(providers.map(({ id, name, issuer }) => [id, name, issuer])).toEqual([
      ["my-id", "My ID", "http://127.0.0.1:4000/realms/x"],
      ["google", "google", "https://accounts.google.com"],
    ]);
    expect(readConfig(environment({})).providers).toEqual([]);
  });

  test("H2 missing variables of a provider, and variables of an unlisted one, are reported with all other problems", () => {
    const wrong = problemsOf({
      PORT: "http",
      FOYER_OIDC: "google,fabrikam",
      ...google,
      FOYER_OIDC_GOOGLE_ISSUER: "http://accounts.google.com",
      FOYER_OIDC_FABRIKAM_ISSUER: "https://id.fabrikam.com/?tenant=1",
      FOYER_OIDC_GITHUB_CLIENT_ID: "x",
    });
    expect(Object.keys(wrong).sort()).toEqual([
      "FOYER_OIDC_FABRIKAM_CLIENT_ID",
      "FOYER_OIDC_FABRIKAM_CLIENT_SECRET",
      "FOYER_OIDC_FABRIKAM_ISSUER",
      "FOYER_OIDC_GITHUB_CLIENT_ID",
      "FOYER_OIDC_GOOGLE_ISSUER",
      "PORT",
    ]);
    expect(JSON.stringify(wrong)).not.toContain("hush");
  });

  test.each(["Google", "google,google", "a b", "1st", "a_b"])("H2 %s is not a valid list of ids", (list) => {
    expect(Object.keys(problemsOf({ FOYER_OIDC: list }))).toEqual(["FOYER_OIDC"]);
  });
});
