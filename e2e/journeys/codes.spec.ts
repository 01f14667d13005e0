import { expect, test } from "../fixtures";
import { password, someone } from "../organization";

test("D5 a code typed by hand opens its invitation, whatever its case, spaces and look-alike letters", async ({
  org,
  visitor,
  look,
}) => {
  const invitation = await org.invite(someone("guest"));
  const code = await org.copy(invitation, "code");
  const writings = [
    code.toLowerCase(),
    ` ${code.replaceAll("-", " ")} `,
    code.replaceAll("-", "").replaceAll("0", "o").replaceAll("1", "l"),
    code.replaceAll("0", "O").replaceAll("1", "I"),
    `${org.origin}/join/${code}`,
  ];
  const page = await visitor();
  for (const written of writings) {
    await page.goto("/join");
    await page.getByLabel("Invitation code").fill(written);
    await page.getByRole("button", { name: "Continue" }).click();
    await expect(page).toHaveURL(`/join/${code}`);
    await expect(page.getByRole("heading", { name: `Join ${org.name}` })).toBeVisible();
  }
  await look(page, "for a new person");
});

test("D5 a code that opens nothing says so at the field, which keeps what was typed", async ({
  visitor,
  look,
}) => {
  const page = await visitor();
  await page.goto("/join");
  for (const wrong of ["7KQF9-M2XTR-V4B8C-N3HJW", "too short"]) {
    await page.getByLabel("Invitation code").fill(wrong);
    await page.getByRole("button", { name: "Continue" }).click();
    await expect(page.getByText("We do not know this code. Look at it again")).toBeVisible();
    await expect(page.getByLabel("Invitation code")).toHaveValue(wrong);
    await expect(page.getByLabel("Invitation code")).toHaveAttribute("aria-invalid", "true");
  }
  await look(page, "a wrong code");
});

test("D6 an expired, withdrawn, declined, replaced or unknown code says what happened and what to do", async ({
  org,
  visitor,
  look,
}) => {
  const page = await visitor();
  const opened = async (settledAs: string | null, title: string, words: string) => {
    const invitation = await org.invite(someone("guest"));
    const link = await org.copy(invitation, "link");
    if (settledAs) await org.settle(invitation, settledAs);
    else await org.expire(invitation);
    await page.goto(link);
    await expect(page.getByRole("heading", { name: title })).toBeVisible();
    await expect(page.getByText(words)).toBeVisible();
    await expect(page.getByText(`Questions? Ask ${org.owner.name}.`)).toBeVisible();
    await look(page, title);
  };
  await opened(null, "This invitation has expired", `Ask ${org.owner.name} to send a new one.`);
  await opened(
    "revoked",
    "This invitation was taken back",
    `If you think that was a mistake, ask ${org.owner.name}.`,
  );
  await opened("declined", "This invitation was declined", "If you have changed your mind");
  await opened(
    "superseded",
    "There is a newer invitation",
    "Open the latest letter; it may be in your junk folder.",
  );

  await page.goto("/join/7KQF9-M2XTR-V4B8C-N3HJW");
  await expect(page.getByRole("heading", { name: "This code opens nothing" })).toBeVisible();
  await expect(page.getByLabel("Invitation code")).toBeVisible();
  await look(page, "unknown");
});

test("C8 a code works once: the second visitor sees that it was used", async ({ org, visitor, look }) => {
  const link = await org.copy(await org.invite(someone("guest")), "link");
  const [first, second] = [await visitor(), await visitor()];
  // Both have the form open; one is quicker.
  for (const page of [first, second]) {
    await page.goto(link);
    await page.getByLabel("Your name").fill("Gil Guest");
    await page.getByLabel("Password").fill(password);
  }
  await first.getByRole("button", { name: "Join your organization" }).click();
  await expect(first.getByRole("heading", { name: `You are in ${org.name}` })).toBeVisible();
  await second.getByRole("button", { name: "Join your organization" }).click();
  const refusal = second
    .getByRole("alert")
    .filter({ hasText: "This invitation was used already: it works once." });
  await expect(refusal).toBeVisible();
  await look(second, "used meanwhile");
  await second.goto(link);
  await expect(second.getByRole("heading", { name: "This invitation was used" })).toBeVisible();
  await expect(second.getByText("If that was you, log in.")).toBeVisible();
  await look(second, "used");
  await first.goto(link);
  await expect(first.getByText("If that was you, go on.")).toBeVisible();
  await first.getByRole("link", { name: "Go on" }).click();
  await expect(first).toHaveURL(`/o/${org.slug}`);
  await second.getByRole("link", { name: "Log in" }).click();
  await expect(second).toHaveURL(`/o/${org.slug}/login`);
});

test("C1 an invitation whose term has ended says Invitation expired, from then on and in both lists", async ({
  page,
  org,
}) => {
  const guest = someone("guest");
  const invitation = await org.invite(guest);
  await org.sql(
    `WITH held AS (SELECT id FROM member WHERE invitation_id = $1 FOR NO KEY UPDATE),
          i AS (UPDATE invitation SET issued_at = issued_at - interval '7 days',
                       expires_at = clock_timestamp() + interval '4 seconds'
                FROM held WHERE invitation.id = $1 RETURNING invitation.id, expires_at)
     UPDATE member m SET invited_until = i.expires_at FROM i WHERE m.invitation_id = i.id`,
    [invitation],
  );
  const status = page.getByRole("row").filter({ hasText: guest }).locator(".badge");
  await page.goto(org.users);
  await expect(status).toHaveText("Invited");
  await expect(async () => {
    await page.reload();
    await expect(status).toHaveText("Invitation expired", { timeout: 500 });
  }).toPass({ timeout: 15_000 });
  await page.goto(`${org.users}/invitations`);
  await expect(status).toHaveText("Invitation expired");
});
