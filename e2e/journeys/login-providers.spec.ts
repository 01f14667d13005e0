import type { Page } from "@playwright/test";
import { extractLink, findEmailInMailbox } from "../emails";
import { expect, test } from "../fixtures";
import { createE2EOrganization, testPassword, uniqueAddress } from "../organization";
import { ownerSessionFile } from "../owner";

type ProviderLogin = { sub: string; email?: string; verified?: string; name?: string; fault?: string };

/** Opens a provider's login page from one of Foyer's login pages. */
async function openProvider(page: Page, login: string, provider = "Northwind ID"): Promise<void> {
  await page.goto(login);
  await page.getByRole("button", { name: `Continue with ${provider}` }).click();
  await expect(page.getByLabel("Subject")).toBeVisible();
}

async function submitLogin(page: Page, login: ProviderLogin): Promise<void> {
  await page.getByLabel("Subject").fill(login.sub);
  await page.getByLabel("Address").fill(login.email ?? "");
  await page.getByLabel("Verified").selectOption(login.verified ?? "yes");
  await page.getByLabel("Name").fill(login.name ?? "");
  await page.getByLabel("Fault").selectOption(login.fault ?? "");
  await page.getByRole("button", { name: "Go back" }).click();
}

async function logIn(page: Page, path: string, login: ProviderLogin, provider?: string): Promise<void> {
  await openProvider(page, path, provider);
  await submitLogin(page, login);
}

const refusal = (page: Page) => page.getByRole("main").getByRole("alert");

test("F5 an invitee joins with a provider's verified address, with the invited role, and logs in with it afterwards", async ({
  org,
  visitor,
  snapshot,
}) => {
  const lea = uniqueAddress("Lea").toUpperCase();
  await org.invite(lea, "admin");
  const elsewhere = await createE2EOrganization("mailbox");
  await elsewhere.invite(lea);
  const page = await visitor();
  await page.goto(`/o/${org.slug}/login`);
  await snapshot(page, "with providers");
  await logIn(page, `/o/${org.slug}/login`, { sub: lea, email: lea, name: "Lea Stein" });

  // The user joined only this organization; the other invitation is offered.
  await expect(page.getByText(`invited you to join ${elsewhere.name}`)).toBeVisible();
  await page.goto(org.usersPath);
  await expect(page.getByRole("button", { name: "New Invitation" })).toBeVisible();
  await expect(page.getByRole("row").filter({ hasText: lea.toLowerCase() })).toContainText("Lea Stein");
  const [account] = await org.sql<{ password_hash: string | null; verified: boolean }>(
    "SELECT password_hash, verified_at IS NOT NULL AS verified FROM account WHERE email = $1",
    [lea.toLowerCase()],
  );
  expect(account).toEqual({ password_hash: null, verified: true });

  // The linked identity logs in later, even when the provider reports a different address.
  const later = await visitor();
  await logIn(later, `/login?callbackUrl=${encodeURIComponent(org.usersPath)}`, {
    sub: lea,
    email: uniqueAddress("new"),
  });
  await expect(later).toHaveURL(org.usersPath);
  await elsewhere.close();
});

test("F5 without an invitation to the organization of the login page no one gets in, and nothing is created", async ({
  org,
  visitor,
  snapshot,
}) => {
  const elsewhere = await createE2EOrganization("mailbox");
  const invited = uniqueAddress("lea");
  await elsewhere.invite(invited);
  for (const login of ["/login", `/o/${org.slug}/login`]) {
    const page = await visitor();
    await logIn(page, login, { sub: invited, email: invited });
    await expect(refusal(page)).toContainText("No account here uses your Northwind ID address.");
    await snapshot(page, "no account");
  }
  expect(await org.sql("SELECT FROM account WHERE email = $1", [invited])).toEqual([]);
  expect(await org.sql("SELECT FROM sign_in_method WHERE subject = $1", [invited])).toEqual([]);
  const [invitation] = await elsewhere.sql<{ settled_as: null }>(
    "SELECT settled_as FROM invitation WHERE email = $1",
    [invited],
  );
  expect(invitation?.settled_as).toBeNull();
  await elsewhere.close();
});

test("F5 an address that the provider has not verified or does not report is not trusted", async ({
  org,
  visitor,
}) => {
  const invited = uniqueAddress("lea");
  await org.invite(invited);
  const unverified: Partial<ProviderLogin>[] = [
    { email: invited, verified: "no" },
    { email: invited, verified: "text" },
    { email: invited, verified: "omitted" },
    {},
    { email: "not an address" },
  ];
  for (const login of unverified) {
    const page = await visitor();
    await logIn(page, `/o/${org.slug}/login`, { sub: uniqueAddress("sub"), ...login });
    await expect(refusal(page), JSON.stringify(login)).toContainText("hasn't confirmed your address");
  }
  const page = await visitor();
  await logIn(page, `/o/${org.slug}/login`, { sub: uniqueAddress("sub"), email: uniqueAddress("foreign") });
  await expect(refusal(page)).toContainText("No account here uses your");
  expect(await org.sql("SELECT FROM account WHERE email = $1", [invited])).toEqual([]);
});

test("F5 a response that does not match the request logs no one in", async ({ org, visitor, snapshot }) => {
  const invited = uniqueAddress("lea");
  await org.invite(invited);
  for (const fault of ["audience", "issuer", "nonce", "expired", "signature", "state", "response-issuer"]) {
    const page = await visitor();
    await logIn(page, `/o/${org.slug}/login`, { sub: invited, email: invited, fault });
    await expect(refusal(page), fault).toContainText("Login with Northwind ID failed. Try again.");
    if (fault === "state") await snapshot(page, "an invalid provider response");
  }
  expect(await org.sql("SELECT FROM account WHERE email = $1", [invited])).toEqual([]);
});

test("F5 a code is redeemed once, only by the browser and at the provider it was issued for", async ({
  org,
  visitor,
}) => {
  const invited = uniqueAddress("lea");
  await org.invite(invited);
  const login = `/o/${org.slug}/login`;
  /** Logs in at a provider and follows redirects up to the callback URL, which it returns without opening it. */
  const findCallbackUrl = async (page: Page, sub: string, provider: string) => {
    await openProvider(page, login, provider);
    const form = { sub, email: invited, verified: "yes" };
    let response = await page.request.post(page.url(), { form, maxRedirects: 0 });
    for (;;) {
      const next = new URL(response.headers().location ?? "", page.url());
      if (next.origin === org.origin) return next;
      response = await page.request.get(next.href, { maxRedirects: 0 });
    }
  };
  const [one, two, other] = [await visitor(), await visitor(), await visitor()];
  const [ownCallback, otherCallback, foreignCallback] = [
    await findCallbackUrl(one, invited, "Northwind ID"),
    await findCallbackUrl(two, uniqueAddress("sub"), "Northwind ID"),
    await findCallbackUrl(other, uniqueAddress("sub"), "Fabrikam"),
  ];
  const loginFailed = /Login with .+ failed\./;

  // Another browser's response; another login's code, which PKCE detects; another provider's code.
  await two.goto(ownCallback.href);
  await expect(refusal(two)).toContainText(loginFailed);
  const swapped = new URL(ownCallback);
  swapped.searchParams.set("code", otherCallback.searchParams.get("code") ?? "");
  await one.goto(swapped.href);
  await expect(refusal(one)).toContainText(loginFailed);
  await one.goto(ownCallback.href);
  await expect(refusal(one)).toContainText("This login has expired. Start again.");
  const crossed = new URL(foreignCallback);
  crossed.pathname = ownCallback.pathname;
  await other.goto(crossed.href);
  await expect(refusal(other)).toContainText("This login has expired. Start again.");
  expect(await org.sql("SELECT FROM account WHERE email = $1", [invited])).toEqual([]);

  // A complete login, and then the same response again.
  const last = await visitor();
  const answered = last.waitForRequest(/\/api\/auth\/callback\//);
  await logIn(last, login, { sub: invited, email: invited });
  await expect(last.getByRole("heading", { name: `Welcome to ${org.name}` })).toBeVisible();
  await (await visitor()).goto((await answered).url());
  await last.goto((await answered).url());
  await expect(last).toHaveURL(new RegExp(`^${org.origin}/(o/${org.slug})?`));
});

test("F5 a user who cancels at the provider returns to the same login page", async ({
  org,
  visitor,
  snapshot,
}) => {
  const page = await visitor();
  const back = encodeURIComponent(`${org.usersPath}/requests`);
  await openProvider(page, `/o/${org.slug}/login?callbackUrl=${back}`);
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(refusal(page)).toContainText("Login with Northwind ID was canceled.");
  await snapshot(page, "canceled at the provider");
  await page.getByLabel("Email").fill(org.owner.email);
  await page.getByLabel("Password").fill(testPassword);
  await page.getByRole("button", { name: "Log in", exact: true }).click();
  await expect(page).toHaveURL(`${org.usersPath}/requests`);
});

test("F5 a return path stays on the site when logging in with a provider, too", async ({ org, visitor }) => {
  const cora = await org.addMember("Cora", "admin");
  await org.sql(
    `INSERT INTO sign_in_method (issuer, subject, account_id)
     SELECT 'http://127.0.0.1:' || $1, email, id FROM account WHERE email = $2`,
    [await findProviderPort(await visitor()), cora.email],
  );
  for (const disguise of ["https://evil.test/", "//evil.test/", "/\\evil.test", "javascript:alert(1)"]) {
    const page = await visitor();
    await logIn(page, `/login?callbackUrl=${encodeURIComponent(disguise)}`, { sub: cora.email });
    await expect(page, disguise).toHaveURL(org.usersPath);
  }
});

/** Returns the port of Northwind ID, which is part of its issuer. */
async function findProviderPort(page: Page): Promise<string> {
  await openProvider(page, "/login");
  return new URL(page.url()).port;
}

test("F5 a confirmed account needs one login with its password; then the provider is linked, and the password still works", async ({
  org,
  visitor,
  snapshot,
}) => {
  const cora = await org.addMember("Cora", "admin");
  const page = await visitor();
  await logIn(page, `/o/${org.slug}/login`, { sub: cora.email, email: cora.email });
  await expect(refusal(page)).toContainText("This address already has an account. Log in once");
  await snapshot(page, "an existing account");
  // The provider's response alone has linked nothing.
  const stranger = await visitor();
  await logIn(stranger, `/o/${org.slug}/login`, { sub: cora.email, email: cora.email });
  await expect(refusal(stranger)).toBeVisible();
  await stranger.goto(org.usersPath);
  await expect(stranger).toHaveURL(/\/login\?callbackUrl/);

  await page.getByLabel("Email").fill(cora.email);
  await page.getByLabel("Password").fill(testPassword);
  await page.getByRole("button", { name: "Log in", exact: true }).click();
  await expect(page).toHaveURL(`/o/${org.slug}`);
  const later = await visitor();
  await logIn(later, `/o/${org.slug}/login`, { sub: cora.email, email: cora.email });
  await expect(later).toHaveURL(`/o/${org.slug}`);
});

test("D9 a user who joined with a copied link loses the account when the address's owner logs in with a provider", async ({
  org,
  visitor,
}) => {
  const guest = uniqueAddress("guest");
  const otherPage = await visitor();
  await otherPage.goto(await org.copyInvitation(await org.invite(guest, "admin"), "link"));
  await otherPage.getByLabel("Your name").fill("Gil Guest");
  await otherPage.getByLabel("Password").fill(testPassword);
  await otherPage.getByRole("button", { name: "Join your organization" }).click();
  await expect(otherPage.getByRole("heading", { name: `Welcome to ${org.name}` })).toBeVisible();

  const ownerPage = await visitor();
  await logIn(ownerPage, "/login", { sub: guest, email: guest, name: "The Real Guest" });
  await expect(ownerPage).toHaveURL(org.usersPath);
  await expect(ownerPage.getByRole("row").filter({ hasText: guest })).not.toContainText(
    "Address not confirmed",
  );

  await otherPage.goto(`/o/${org.slug}`);
  await expect(otherPage).toHaveURL(/\/login/);
  await otherPage.getByLabel("Email").fill(guest);
  await otherPage.getByLabel("Password").fill(testPassword);
  await otherPage.getByRole("button", { name: "Log in", exact: true }).click();
  await expect(otherPage.getByText("Incorrect email or password.")).toBeVisible();

  // The owner can set a password by email.
  const operator = await visitor({ storageState: ownerSessionFile("mailbox") });
  await otherPage.goto("/login/mail?for=password");
  await otherPage.getByLabel("Email").fill(guest);
  await otherPage.getByRole("button", { name: "Send link" }).click();
  await expect(otherPage.getByText("has an account, ask the operator for the link")).toBeVisible();
  await expect(async () =>
    expect(extractLink(await findEmailInMailbox(operator, guest), "/reset/")).toContain("/reset/"),
  ).toPass();
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("F5 joining with a provider works without JavaScript", async ({ org, visitor }) => {
    const invited = uniqueAddress("lea");
    await org.invite(invited);
    const page = await visitor();
    await logIn(page, `/o/${org.slug}/login`, { sub: invited, email: invited }, "Fabrikam");
    await expect(page.getByRole("heading", { name: `Welcome to ${org.name}` })).toBeVisible();
  });
});
