import { expect, test } from "../fixtures";
import { testPassword, uniqueAddress } from "../organization";

test("D5 a typed code opens its invitation, in any case, with spaces and with look-alike characters", async ({
  org,
  visitor,
  snapshot,
}) => {
  const invitation = await org.invite(uniqueAddress("guest"));
  const code = await org.copyInvitation(invitation, "code");
  const variants = [
    code.toLowerCase(),
    ` ${code.replaceAll("-", " ")} `,
    code.replaceAll("-", "").replaceAll("0", "o").replaceAll("1", "l"),
    code.replaceAll("0", "O").replaceAll("1", "I"),
    `${org.origin}/join/${code}`,
  ];
  const page = await visitor();
  for (const variant of variants) {
    await page.goto("/join");
    await page.getByLabel("Invitation code").fill(variant);
    await page.getByRole("button", { name: "Continue" }).click();
    await expect(page).toHaveURL(`/join/${code}`);
    await expect(page.getByRole("heading", { name: `Join ${org.name}` })).toBeVisible();
  }
  await snapshot(page, "for a new person");
});

test("D5 an unknown code is reported at its field, which keeps the input", async ({ visitor, snapshot }) => {
  const page = await visitor();
  await page.goto("/join");
  for (const wrong of ["7KQF9-M2XTR-V4B8C-N3HJW", "too short"]) {
    await page.getByLabel("Invitation code").fill(wrong);
    await page.getByRole("button", { name: "Continue" }).click();
    await expect(page.getByText("Check the code: it has 20 letters and numbers.")).toBeVisible();
    await expect(page.getByLabel("Invitation code")).toHaveValue(wrong);
    await expect(page.getByLabel("Invitation code")).toHaveAttribute("aria-invalid", "true");
  }
  await snapshot(page, "a wrong code");
});

test("D6 the page of an expired, revoked, declined, superseded or unknown code explains the status and the next step", async ({
  org,
  visitor,
  snapshot,
}) => {
  const page = await visitor();
  const expectPage = async (settledAs: string | null, title: string, text: string) => {
    const invitation = await org.invite(uniqueAddress("guest"));
    const link = await org.copyInvitation(invitation, "link");
    if (settledAs) await org.setSettledAs(invitation, settledAs);
    else await org.expire(invitation);
    await page.goto(link);
    await expect(page.getByRole("heading", { name: title })).toBeVisible();
    await expect(page.getByText(text)).toBeVisible();
    await expect(page.getByText(`Questions? Ask ${org.owner.name}.`)).toBeVisible();
    await snapshot(page, title);
  };
  await expectPage(null, "This invitation has expired", `or ask ${org.owner.name}.`);
  await expectPage("revoked", "This invitation was revoked", `Think it's a mistake? Ask ${org.owner.name}.`);
  await expectPage("declined", "You declined this invitation", "Changed your mind?");
  await expectPage(
    "superseded",
    "A newer invitation was sent",
    "Open the link in the most recent email. Check your spam folder too.",
  );

  await page.goto("/join/7KQF9-M2XTR-V4B8C-N3HJW");
  await expect(page.getByRole("heading", { name: "Invitation not found" })).toBeVisible();
  await expect(page.getByLabel("Invitation code")).toBeVisible();
  await snapshot(page, "unknown");
});

test("C8 a code works once: the second visitor sees that it was used", async ({ org, visitor, snapshot }) => {
  const link = await org.copyInvitation(await org.invite(uniqueAddress("guest")), "link");
  const [first, second] = [await visitor(), await visitor()];
  // Both have the form open; the first one submits first.
  for (const page of [first, second]) {
    await page.goto(link);
    await page.getByLabel("Your name").fill("Gil Guest");
    await page.getByLabel("Password").fill(testPassword);
  }
  await first.getByRole("button", { name: "Join your organization" }).click();
  await expect(first.getByRole("heading", { name: `Welcome to ${org.name}` })).toBeVisible();
  await second.getByRole("button", { name: "Join your organization" }).click();
  const refusal = second.getByRole("alert").filter({ hasText: "This invitation has already been used." });
  await expect(refusal).toBeVisible();
  await snapshot(second, "used while the form was open");
  await second.goto(link);
  await expect(second.getByRole("heading", { name: "This invitation has already been used" })).toBeVisible();
  await expect(second.getByText("If that was you, log in.")).toBeVisible();
  await snapshot(second, "used");
  await first.goto(link);
  await expect(first.getByText(`If that was you, continue to ${org.name}.`)).toBeVisible();
  await first.getByRole("link", { name: `Continue to ${org.name}` }).click();
  await expect(first).toHaveURL(`/o/${org.slug}`);
  await second.getByRole("link", { name: "Log in" }).click();
  await expect(second).toHaveURL(`/o/${org.slug}/login`);
});

test("C1 an invitation shows Invitation expired once its term has ended, in both lists", async ({
  page,
  org,
}) => {
  const guest = uniqueAddress("guest");
  const invitation = await org.invite(guest);
  await org.sql(
    `WITH locked AS (SELECT id FROM member WHERE invitation_id = $1 FOR NO KEY UPDATE),
          i AS (UPDATE invitation SET issued_at = issued_at - interval '7 days',
                       expires_at = clock_timestamp() + interval '4 seconds'
                FROM locked WHERE invitation.id = $1 RETURNING invitation.id, expires_at)
     UPDATE member m SET invited_until = i.expires_at FROM i WHERE m.invitation_id = i.id`,
    [invitation],
  );
  const status = page.getByRole("row").filter({ hasText: guest }).locator('[data-slot="badge"]');
  await page.goto(org.usersPath);
  await expect(status).toHaveText("Invited");
  await expect(async () => {
    await page.reload();
    await expect(status).toHaveText("Invitation expired", { timeout: 500 });
  }).toPass({ timeout: 15_000 });
  await page.goto(`${org.usersPath}/invitations`);
  await expect(status).toHaveText("Invitation expired");
});
