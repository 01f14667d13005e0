import { extractLink, findEmailInMailbox } from "../emails";
import { expect, test } from "../fixtures";
import { uniqueAddress } from "../organization";
import { ownerSessionFile } from "../owner";

test("C12 two days before it expires a pending invitation gets a reminder, and the reminder's link joins", async ({
  page,
  org,
  visitor,
}) => {
  const guest = uniqueAddress("omar");
  const invitation = await org.invite(guest);
  const operator = await visitor({ storageState: ownerSessionFile("mailbox") });
  await findEmailInMailbox(operator, guest);
  await org.sql(
    `WITH i AS (UPDATE invitation SET issued_at = issued_at - interval '121 hours', expires_at = expires_at - interval '121 hours'
                WHERE id = $1 RETURNING id, expires_at)
     UPDATE member m SET invited_until = i.expires_at FROM i WHERE m.invitation_id = i.id`,
    [invitation],
  );
  // The job runs once a minute; the test starts it immediately.
  await org.sql("INSERT INTO pgboss.job (name, data) VALUES ('reminders', '{}') ON CONFLICT DO NOTHING");
  await expect(async () => {
    const { subject } = await findEmailInMailbox(operator, guest);
    expect(subject).toBe(`Your invitation to join ${org.name} expires in 2 days`);
  }).toPass({ timeout: 90_000 });
  const email = await findEmailInMailbox(operator, guest);
  expect(email.text).toMatch(/expires in 2 days, on \w+, \w+ \d+, \d{4} at \d\d:\d\d UTC/);

  await page.goto(`${org.usersPath}/invitations`);
  await page.getByRole("button", { name: guest, exact: true }).click();
  await expect(page.getByText("System sent a reminder before the invitation expires")).toBeVisible();

  const person = await visitor();
  await person.goto(extractLink(email));
  await expect(person.getByRole("button", { name: "Join your organization" })).toBeVisible();
});

test("D4 a decline with its reason reaches the inviter as an email", async ({ org, visitor }) => {
  const guest = uniqueAddress("greta");
  const link = await org.copyInvitation(await org.invite(guest), "link");
  const person = await visitor();
  await person.goto(link);
  await person.getByText("Decline", { exact: true }).click();
  await person.getByLabel("Reason (optional)").fill("I have moved to another team.");
  await person.getByRole("button", { name: "Decline invitation" }).click();
  await expect(person.getByRole("heading", { name: "You declined this invitation" })).toBeVisible();

  const operator = await visitor({ storageState: ownerSessionFile("mailbox") });
  const email = await findEmailInMailbox(operator, org.owner.email);
  expect(email.subject).toBe(`${guest} declined your invitation to join ${org.name}`);
  expect(email.text).toContain("I have moved to another team.");
  expect(extractLink(email, "/o/")).toContain(`${org.usersPath}/`);
});
