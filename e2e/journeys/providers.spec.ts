import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures";
import { letterInMailbox, linkIn } from "../letters";
import { createTestOrganization, password, someone } from "../organization";
import { sessionOf } from "../owner";

type Said = { sub: string; email?: string; verified?: string; name?: string; fault?: string };

/** Goes to a provider from a login page, and answers there who one is. */
async function goTo(page: Page, login: string, provider = "Northwind ID"): Promise<void> {
  await page.goto(login);
  await page.getByRole("button", { name: `Continue with ${provider}` }).click();
  await expect(page.getByLabel("Subject")).toBeVisible();
}

async function say(page: Page, said: Said): Promise<void> {
  await page.getByLabel("Subject").fill(said.sub);
  await page.getByLabel("Address").fill(said.email ?? "");
  await page.getByLabel("Verified").selectOption(said.verified ?? "yes");
  await page.getByLabel("Name").fill(said.name ?? "");
  await page.getByLabel("Fault").selectOption(said.fault ?? "");
  await page.getByRole("button", { name: "Go back" }).click();
}

async function logIn(page: Page, login: string, said: Said, provider?: string): Promise<void> {
  await goTo(page, login, provider);
  await say(page, said);
}

const refusal = (page: Page) => page.getByRole("main").getByRole("alert");

test("F5 whoever is invited joins by a provider's verified address, as what was promised, and logs in by it from then on", async ({
  org,
  visitor,
  look,
}) => {
  const lea = someone("Lea").toUpperCase();
  await org.invite(lea, "admin");
  const elsewhere = await createTestOrganization("mailbox");
  await elsewhere.invite(lea);
  const page = await visitor();
  await page.goto(`/o/${org.slug}/login`);
  await look(page, "with providers");
  await logIn(page, `/o/${org.slug}/login`, { sub: lea, email: lea, name: "Lea Stein" });

  // Joined here, and no more: the other invitation is offered.
  await expect(page.getByText(`invited you to join ${elsewhere.name}`)).toBeVisible();
  await page.goto(org.users);
  await expect(page.getByRole("button", { name: "New Invitation" })).toBeVisible();
  await expect(page.getByRole("row").filter({ hasText: lea.toLowerCase() })).toContainText("Lea Stein");
  const [account] = await org.sql<{ password_hash: string | null; verified: boolean }>(
    "SELECT password_hash, verified_at IS NOT NULL AS verified FROM account WHERE email = $1",
    [lea.toLowerCase()],
  );
  expect(account).toEqual({ password_hash: null, verified: true });

  // Later, from anywhere, and even if the provider has another address of her by then.
  const later = await visitor();
  await logIn(later, `/login?callbackUrl=${encodeURIComponent(org.users)}`, {
    sub: lea,
    email: someone("new"),
  });
  await expect(later).toHaveURL(org.users);
  await elsewhere.close();
});

test("F5 without an invitation to the organization whose login page was used nobody gets in, and nothing is made", async ({
  org,
  visitor,
  look,
}) => {
  const elsewhere = await createTestOrganization("mailbox");
  const invited = someone("lea");
  await elsewhere.invite(invited);
  for (const login of ["/login", `/o/${org.slug}/login`]) {
    const page = await visitor();
    await logIn(page, login, { sub: invited, email: invited });
    await expect(refusal(page)).toContainText("Nobody here knows the address that Northwind ID has of you.");
    await look(page, "no account");
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

test("F5 an address that the provider has not verified, or does not tell, is nobody's", async ({
  org,
  visitor,
}) => {
  const invited = someone("lea");
  await org.invite(invited);
  const unverified: Partial<Said>[] = [
    { email: invited, verified: "no" },
    { email: invited, verified: "text" },
    { email: invited, verified: "unsaid" },
    {},
    { email: "no address" },
  ];
  for (const said of unverified) {
    const page = await visitor();
    await logIn(page, `/o/${org.slug}/login`, { sub: someone("sub"), ...said });
    await expect(refusal(page), JSON.stringify(said)).toContainText("does not say that it has verified");
  }
  const page = await visitor();
  await logIn(page, `/o/${org.slug}/login`, { sub: someone("sub"), email: someone("foreign") });
  await expect(refusal(page)).toContainText("Nobody here knows the address");
  expect(await org.sql("SELECT FROM account WHERE email = $1", [invited])).toEqual([]);
});

test("F5 an answer that does not fit what was asked logs nobody in", async ({ org, visitor, look }) => {
  const invited = someone("lea");
  await org.invite(invited);
  for (const fault of ["audience", "issuer", "nonce", "expired", "signature", "state", "sender"]) {
    const page = await visitor();
    await logIn(page, `/o/${org.slug}/login`, { sub: invited, email: invited, fault });
    await expect(refusal(page), fault).toContainText(
      "What Northwind ID answered does not fit what was asked, so nobody was logged in.",
    );
    if (fault === "state") await look(page, "an answer that does not fit");
  }
  expect(await org.sql("SELECT FROM account WHERE email = $1", [invited])).toEqual([]);
});

test("F5 a code is redeemed by the browser and at the provider it was made for, once", async ({
  org,
  visitor,
}) => {
  const invited = someone("lea");
  await org.invite(invited);
  const login = `/o/${org.slug}/login`;
  /** Logs in at a provider and walks on until the way leads home; answers that address, where nobody has been yet. */
  const wayHome = async (page: Page, sub: string, provider: string) => {
    await goTo(page, login, provider);
    const form = { sub, email: invited, verified: "yes" };
    let answer = await page.request.post(page.url(), { form, maxRedirects: 0 });
    for (;;) {
      const next = new URL(answer.headers().location ?? "", page.url());
      if (next.origin === org.origin) return next;
      answer = await page.request.get(next.href, { maxRedirects: 0 });
    }
  };
  const [one, two, other] = [await visitor(), await visitor(), await visitor()];
  const [mine, theirs, foreign] = [
    await wayHome(one, invited, "Northwind ID"),
    await wayHome(two, someone("sub"), "Northwind ID"),
    await wayHome(other, someone("sub"), "Fabrikam"),
  ];
  const doesNotFit = "does not fit what was asked";

  // Somebody else's whole answer; somebody else's code, of which PKCE knows; a code of another provider.
  await two.goto(mine.href);
  await expect(refusal(two)).toContainText(doesNotFit);
  const swapped = new URL(mine);
  swapped.searchParams.set("code", theirs.searchParams.get("code") ?? "");
  await one.goto(swapped.href);
  await expect(refusal(one)).toContainText(doesNotFit);
  await one.goto(mine.href);
  await expect(refusal(one)).toContainText("This login was begun in another browser, or too long ago.");
  const crossed = new URL(foreign);
  crossed.pathname = mine.pathname;
  await other.goto(crossed.href);
  await expect(refusal(other)).toContainText("This login was begun in another browser, or too long ago.");
  expect(await org.sql("SELECT FROM account WHERE email = $1", [invited])).toEqual([]);

  // The whole way, and then the same answer once more.
  const last = await visitor();
  const answered = last.waitForRequest(/\/api\/auth\/callback\//);
  await logIn(last, login, { sub: invited, email: invited });
  await expect(last.getByRole("heading", { name: `You are in ${org.name}` })).toBeVisible();
  await (await visitor()).goto((await answered).url());
  await last.goto((await answered).url());
  await expect(last).toHaveURL(new RegExp(`^${org.origin}/(o/${org.slug})?`));
});

test("F5 whoever turns back at the provider finds the login page as it was", async ({
  org,
  visitor,
  look,
}) => {
  const page = await visitor();
  const back = encodeURIComponent(`${org.users}/requests`);
  await goTo(page, `/o/${org.slug}/login?callbackUrl=${back}`);
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(refusal(page)).toContainText("You did not log in with Northwind ID.");
  await look(page, "turned back at the provider");
  await page.getByLabel("Email").fill(org.owner.email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Log in", exact: true }).click();
  await expect(page).toHaveURL(`${org.users}/requests`);
});

test("F5 a return address stays on the site on the way over a provider, too", async ({ org, visitor }) => {
  const cora = await org.seat("Cora", "admin");
  await org.sql(
    `INSERT INTO sign_in_method (issuer, subject, account_id)
     SELECT 'http://127.0.0.1:' || $1, email, id FROM account WHERE email = $2`,
    [await portOf(await visitor()), cora.email],
  );
  for (const disguise of ["https://evil.test/", "//evil.test/", "/\\evil.test", "javascript:alert(1)"]) {
    const page = await visitor();
    await logIn(page, `/login?callbackUrl=${encodeURIComponent(disguise)}`, { sub: cora.email });
    await expect(page, disguise).toHaveURL(org.users);
  }
});

/** Where Northwind ID is, as a browser sees it. */
async function portOf(page: Page): Promise<string> {
  await goTo(page, "/login");
  return new URL(page.url()).port;
}

test("F5 a confirmed account is proven once by what it has; then the provider opens it, and a password still does", async ({
  org,
  visitor,
  look,
}) => {
  const cora = await org.seat("Cora", "admin");
  const page = await visitor();
  await logIn(page, `/o/${org.slug}/login`, { sub: cora.email, email: cora.email });
  await expect(refusal(page)).toContainText("There is an account for this address already. Log in once");
  await look(page, "prove the account first");
  // Nothing was linked by the provider's word alone.
  const stranger = await visitor();
  await logIn(stranger, `/o/${org.slug}/login`, { sub: cora.email, email: cora.email });
  await expect(refusal(stranger)).toBeVisible();
  await stranger.goto(org.users);
  await expect(stranger).toHaveURL(/\/login\?callbackUrl/);

  await page.getByLabel("Email").fill(cora.email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Log in", exact: true }).click();
  await expect(page).toHaveURL(`/o/${org.slug}`);
  const later = await visitor();
  await logIn(later, `/o/${org.slug}/login`, { sub: cora.email, email: cora.email });
  await expect(later).toHaveURL(`/o/${org.slug}`);
});

test("D9 whoever sits in an address by a copied link is out once its person comes through a provider", async ({
  org,
  visitor,
}) => {
  const guest = someone("guest");
  const occupier = await visitor();
  await occupier.goto(await org.copy(await org.invite(guest, "admin"), "link"));
  await occupier.getByLabel("Your name").fill("Gil Guest");
  await occupier.getByLabel("Password").fill(password);
  await occupier.getByRole("button", { name: "Join your organization" }).click();
  await expect(occupier.getByRole("heading", { name: `You are in ${org.name}` })).toBeVisible();

  const person = await visitor();
  await logIn(person, "/login", { sub: guest, email: guest, name: "The Real Guest" });
  await expect(person).toHaveURL(org.users);
  await expect(person.getByRole("row").filter({ hasText: guest })).not.toContainText("Address not confirmed");

  await occupier.goto(`/o/${org.slug}`);
  await expect(occupier).toHaveURL(/\/login/);
  await occupier.getByLabel("Email").fill(guest);
  await occupier.getByLabel("Password").fill(password);
  await occupier.getByRole("button", { name: "Log in", exact: true }).click();
  await expect(occupier.getByText("Address and password do not fit together.")).toBeVisible();

  // Whoever wants a password as well chooses one by mail.
  const operator = await visitor({ storageState: sessionOf("mailbox") });
  await occupier.goto("/login/mail?for=password");
  await occupier.getByLabel("Email").fill(guest);
  await occupier.getByRole("button", { name: "Mail me a link" }).click();
  await expect(occupier.getByText("If there is an account for")).toBeVisible();
  await expect(async () =>
    expect(linkIn(await letterInMailbox(operator, guest), "/reset/")).toContain("/reset/"),
  ).toPass();
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("F5 without JavaScript one joins through a provider", async ({ org, visitor }) => {
    const invited = someone("lea");
    await org.invite(invited);
    const page = await visitor();
    await logIn(page, `/o/${org.slug}/login`, { sub: invited, email: invited }, "Fabrikam");
    await expect(page.getByRole("heading", { name: `You are in ${org.name}` })).toBeVisible();
  });
});
