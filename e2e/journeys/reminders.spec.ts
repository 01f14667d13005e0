import { expect, test } from "../fixtures";
import { letterInMailbox, linkIn } from "../letters";
import { someone } from "../organization";
import { sessionOf } from "../owner";

test("C12 two days before it expires an unanswered invitation is reminded of, and the reminder's link joins", async ({
  page,
  org,
  visitor,
}) => {
  const guest = someone("omar");
  const invitation = await org.invite(guest);
  const operator = await visitor({ storageState: sessionOf("mailbox") });
  await letterInMailbox(operator, guest);
  await org.sql(
    `WITH i AS (UPDATE invitation SET issued_at = issued_at - interval '121 hours', expires_at = expires_at - interval '121 hours'
                WHERE id = $1 RETURNING id, expires_at)
     UPDATE member m SET invited_until = i.expires_at FROM i WHERE m.invitation_id = i.id`,
    [invitation],
  );
  // Everybody is asked for once a minute; the test asks now.
  await org.sql("INSERT INTO pgboss.job (name, data) VALUES ('reminders', '{}') ON CONFLICT DO NOTHING");
  await expect(async () => {
    const { subject } = await letterInMailbox(operator, guest);
    expect(subject).toBe(`Reminder: ${org.owner.name} invited you to join ${org.name}`);
  }).toPass({ timeout: 90_000 });
  const letter = await letterInMailbox(operator, guest);
  expect(letter.text).toMatch(/expires on \w+, \d+ \w+ \d{4} at \d\d:\d\d UTC/);

  await page.goto(`${org.users}/invitations`);
  await page.getByRole("button", { name: guest, exact: true }).click();
  await expect(page.getByText("Reminder, because the invitation expires soon")).toBeVisible();

  const person = await visitor();
  await person.goto(linkIn(letter));
  await expect(person.getByRole("button", { name: "Join your organization" })).toBeVisible();
});

test("D4 who declines, and why, reaches the inviter as a letter", async ({ org, visitor }) => {
  const guest = someone("greta");
  const link = await org.copy(await org.invite(guest), "link");
  const person = await visitor();
  await person.goto(link);
  await person.getByText("Decline", { exact: true }).click();
  await person.getByLabel("Reason (optional)").fill("I have moved to another team.");
  await person.getByRole("button", { name: "Decline invitation" }).click();
  await expect(person.getByRole("heading", { name: "This invitation was declined" })).toBeVisible();

  const operator = await visitor({ storageState: sessionOf("mailbox") });
  const letter = await letterInMailbox(operator, org.owner.email);
  expect(letter.subject).toBe(`${guest} declined your invitation to ${org.name}`);
  expect(letter.text).toContain("“I have moved to another team.”");
  expect(linkIn(letter, "/o/")).toContain(`${org.users}/`);
});
