import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { confirmAddress } from "@/lib/accounts/commands/confirm-address";
import { proveByPassword } from "@/lib/accounts/commands/prove-by-password";
import { findSession } from "@/lib/auth/session";
import { deriveSecret } from "@/lib/crypto/codes";
import { keyOf } from "@/lib/crypto/key-ring";
import { closeDatabase, db } from "@/lib/db/client";
import { copy } from "@/lib/invitations/commands/copy";
import { accept } from "@/lib/invitations/commands/join";
import { findByCode } from "@/lib/invitations/queries/by-code";
import { prepareQueue, stopSending } from "@/lib/jobs/queue";
import { vouch } from "@/lib/members/commands/vouch";
import { createTestOrganization, expire, makeAccount, someone } from "@/lib/organizations/fixture";

beforeAll(prepareQueue);
afterAll(async () => {
  await stopSending();
  await closeDatabase();
});

const lea = { name: "Lea Stein", password: "lovely geese walk" };
let addresses = 0;
/** A client address of its own, so that no test meets another one's limits. */
const ip = () => `10.${(addresses >> 16) & 255}.${(addresses >> 8) & 255}.${addresses++ & 255}`;

describe("D3 a new person", () => {
  test("D3 gives name and password, and is in with the role that was promised", async () => {
    const org = await createTestOrganization();
    const { email, code, proof } = await org.invite(undefined, "admin");
    const outcome = await accept(ip(), null, { code, proof, ...lea });
    expect(outcome).toMatchObject({ ok: true, value: { slug: org.slug, isNew: true } });
    expect(await org.member(email)).toMatchObject({
      status: "active",
      role: "admin",
      name: "Lea Stein",
      addressConfirmed: true,
      invitedUntil: null,
    });
    expect(await proveByPassword(ip(), { email, password: lea.password })).toMatchObject({ ok: true });
  });

  test("D3 without a name, or with a bad password, nothing is changed and the field is named", async () => {
    const org = await createTestOrganization();
    const { code, email } = await org.invite();
    expect(await accept(ip(), null, { code, password: lea.password })).toMatchObject({
      reason: "name-missing",
    });
    expect(await accept(ip(), null, { code, name: "Lea" })).toMatchObject({ reason: "password-missing" });
    expect(await accept(ip(), null, { code, name: "Lea", password: "1234" })).toMatchObject({
      reason: "password-short",
    });
    expect(await accept(ip(), null, { code, name: "Lea", password: "password1" })).toMatchObject({
      reason: "password-common",
    });
    expect(await org.member(email)).toMatchObject({ status: "invited" });
    expect(await db().account.count({ where: { email } })).toBe(0);
  });

  test("D3 signed in as somebody else: refused, and still pending", async () => {
    const org = await createTestOrganization();
    const { code, email } = await org.invite();
    const other = await makeAccount(someone("omar"), "Omar");
    expect(await accept(ip(), other, { code, ...lea })).toMatchObject({ reason: "somebody-else" });
    expect(await org.member(email)).toMatchObject({ status: "invited" });
  });

  test("an existing account joins with a press when signed in, and is never given a new password", async () => {
    const org = await createTestOrganization();
    const account = await makeAccount(someone("omar"), "Omar Haddad");
    const { code, proof } = await org.invite(account.email);
    expect(await accept(ip(), null, { code, proof, ...lea })).toMatchObject({ reason: "account-exists" });
    expect(await db().account.findUnique({ where: { email: account.email } })).toMatchObject({
      passwordHash: null,
    });
    expect(await accept(ip(), account, { code })).toMatchObject({ ok: true });
    expect(await org.member(account.email)).toMatchObject({ status: "active", name: "Omar Haddad" });
  });
});

describe("C8 codes work once", () => {
  test("C8 a second use, by whomever, finds the code dead in both shapes", async () => {
    const org = await createTestOrganization();
    const { code, proof, invitation } = await org.invite();
    expect(await accept(ip(), null, { code, proof, ...lea })).toMatchObject({ ok: true });
    expect(await accept(ip(), null, { code, proof, ...lea })).toMatchObject({ reason: "accepted" });
    expect(await copy(org.owner, { invitation, shape: "code" })).toMatchObject({ reason: "not-pending" });
  });

  test("C8 of sixteen at once one joins: one account, one member, one acceptance", async () => {
    const org = await createTestOrganization();
    for (let round = 0; round < 5; round++) {
      const { code, proof, email } = await org.invite();
      const all = await Promise.all(
        Array.from({ length: 16 }, () => accept(ip(), null, { code, proof, ...lea })),
      );
      expect(all.filter((outcome) => outcome.ok)).toHaveLength(1);
      const member = await org.member(email);
      expect(member.status).toBe("active");
      expect(await db().account.count({ where: { email } })).toBe(1);
      expect((await org.activity(member.id)).filter((one) => one.type === "accepted")).toHaveLength(1);
    }
  });

  test("C1 an expired invitation lets nobody in, even if the page was open before", async () => {
    const org = await createTestOrganization();
    const { code, proof, invitation, email } = await org.invite();
    await expire(invitation);
    expect(await accept(ip(), null, { code, proof, ...lea })).toMatchObject({ reason: "expired" });
    expect(await db().account.count({ where: { email } })).toBe(0);
  });
});

describe("looking", () => {
  test("D2 fifty looks change nothing, and the person still gets in", async () => {
    const org = await createTestOrganization();
    const { code, proof, invitation } = await org.invite();
    const before = await db().invitation.findUniqueOrThrow({ where: { id: invitation } });
    const from = ip();
    for (let i = 0; i < 50; i++) expect((await findByCode(from, code, proof)).ok).toBe(true);
    expect(await db().invitation.findUniqueOrThrow({ where: { id: invitation } })).toEqual(before);
    expect(await accept(from, null, { code, proof, ...lea })).toMatchObject({ ok: true });
  });

  test("D5 a code typed in small letters, with spaces and O for 0, finds its invitation", async () => {
    const org = await createTestOrganization();
    const { code, invitation } = await org.invite();
    const typed = code
      .toLowerCase()
      .replace(/0/g, "o")
      .replace(/1/g, "l")
      .replace(/(.{4})/g, "$1 ");
    expect(await findByCode(ip(), typed)).toMatchObject({ ok: true, value: { id: invitation } });
  });

  test("flipped, cut and foreign codes get one neutral answer; ten in a minute are followed by a pause for that address alone", async () => {
    const org = await createTestOrganization();
    const { code } = await org.invite();
    const flipped = (code[0] === "7" ? "8" : "7") + code.slice(1);
    const guesser = ip();
    for (const wrong of [flipped, code.slice(1), "", "x".repeat(200), "<script>", ...Array(5).fill(flipped)])
      expect(await findByCode(guesser, wrong)).toMatchObject({ ok: false, reason: "unknown-code" });
    expect(await findByCode(guesser, code)).toMatchObject({ reason: "too-many" });
    expect(await findByCode(ip(), code)).toMatchObject({ ok: true });
  });

  test("good codes never count: an office joins at once", async () => {
    const org = await createTestOrganization();
    const office = ip();
    for (let i = 0; i < 12; i++) {
      const { code, proof } = await org.invite();
      expect(await accept(office, null, { code, proof, ...lea })).toMatchObject({ ok: true });
    }
  });
});

describe("D9 only the mailed link proves the mailbox", () => {
  /** Joins by a copied link and answers the link of the confirmation letter. */
  async function joinUnproven(role: "admin" | "member" = "admin") {
    const org = await createTestOrganization();
    const invited = await org.invite(undefined, role);
    const outcome = await accept(ip(), null, { code: invited.code, ...lea });
    if (!outcome.ok) throw new Error(outcome.reason);
    const { accountId } = outcome.value;
    const link = await db().accountLink.findFirstOrThrow({ where: { accountId } });
    const letter = await db().emailMessage.findFirstOrThrow({ where: { accountLinkId: link.id } });
    return {
      org,
      ...invited,
      accountId,
      letter,
      link: deriveSecret(keyOf(link.keyId), "account-link", link.id),
    };
  }

  test("D9 joining by a copied link: not confirmed, Member's rights, and a letter that asks to confirm", async () => {
    const { org, email, accountId, letter } = await joinUnproven();
    expect(await org.member(email)).toMatchObject({
      status: "active",
      role: "admin",
      addressConfirmed: false,
    });
    const actor = await org.actorOf(accountId);
    expect([actor.role, actor.permissions.size]).toEqual(["member", 0]);
    expect(letter).toMatchObject({ kind: "address-confirmation", toAddress: email });
  });

  test("D9 another invitation's proof proves nothing", async () => {
    const org = await createTestOrganization();
    const [one, other] = [await org.invite(), await org.invite()];
    await accept(ip(), null, { code: one.code, proof: other.proof, ...lea });
    expect(await org.member(one.email)).toMatchObject({ addressConfirmed: false });
  });

  test("D9 an account without a confirmed address joins no further organization", async () => {
    const { email, accountId } = await joinUnproven();
    const session = { sessionId: "", accountId, email, name: "Lea", confirmed: false };
    const second = await createTestOrganization();
    const { code } = await second.invite(email);
    expect(await accept(ip(), session, { code })).toMatchObject({ reason: "address-unconfirmed" });
    expect(await accept(ip(), null, { code, ...lea })).toMatchObject({ reason: "account-exists" });
    expect(await second.member(email)).toMatchObject({ status: "invited" });
  });

  test("D9 confirming in the account's own session keeps it and ends all others", async () => {
    const { org, email, accountId, link } = await joinUnproven();
    const own = await sessionOf(accountId, email);
    const other = await sessionOf(accountId, email);
    expect(await confirmAddress(ip(), own, { code: link })).toMatchObject({ ok: true });
    expect(await org.member(email)).toMatchObject({ addressConfirmed: true });
    expect((await org.actorOf(accountId)).role).toBe("admin");
    expect(await findSession(own.sessionId)).not.toBeNull();
    expect(await findSession(other.sessionId)).toBeNull();
    expect(await confirmAddress(ip(), own, { code: link })).toMatchObject({ reason: "dead-link" });
  });

  test("D9 confirming anywhere else asks for a new password, and ends the occupier's", async () => {
    const { email, accountId, link } = await joinUnproven();
    const occupier = await sessionOf(accountId, email);
    await db().signInMethod.create({ data: { issuer: "https://evil.test", subject: accountId, accountId } });
    expect(await confirmAddress(ip(), null, { code: link })).toMatchObject({ reason: "password-missing" });
    expect(await confirmAddress(ip(), null, { code: link, password: "hers alone now" })).toMatchObject({
      ok: true,
    });
    expect(await findSession(occupier.sessionId)).toBeNull();
    expect(await db().signInMethod.count({ where: { accountId } })).toBe(0);
    expect(await proveByPassword(ip(), { email, password: lea.password })).toMatchObject({ ok: false });
    expect(await proveByPassword(ip(), { email, password: "hers alone now" })).toMatchObject({ ok: true });
  });

  test("D9 the mailed link of another organization takes an occupied address back", async () => {
    const { email, accountId } = await joinUnproven();
    const occupier = await sessionOf(accountId, email);
    const second = await createTestOrganization();
    const { code, proof } = await second.invite(email);
    expect(
      await accept(ip(), null, { code, proof, name: "The real Lea", password: "hers alone now" }),
    ).toMatchObject({
      ok: true,
      value: { accountId, isNew: true },
    });
    expect(await findSession(occupier.sessionId)).toBeNull();
    expect(await proveByPassword(ip(), { email, password: lea.password })).toMatchObject({ ok: false });
    expect(await second.member(email)).toMatchObject({ status: "active", addressConfirmed: true });
  });

  test("D9 an Owner vouches here, and here alone; nobody else can", async () => {
    const { org, email, accountId } = await joinUnproven();
    const mila = await org.seat("mila", "admin");
    const member = (await org.member(email)).id;
    expect(await vouch(mila, { member })).toMatchObject({ reason: "owners-only" });
    expect(await vouch((await createTestOrganization()).owner, { member })).toMatchObject({
      reason: "nothing-to-confirm",
    });
    expect(await vouch(org.owner, { member })).toMatchObject({ ok: true });
    expect((await org.actorOf(accountId)).role).toBe("admin");
    expect(await db().account.findUnique({ where: { id: accountId } })).toMatchObject({ verifiedAt: null });
  });

  async function sessionOf(accountId: string, email: string) {
    const { openSession } = await import("@/lib/auth/session");
    return {
      sessionId: await openSession(accountId, "test"),
      accountId,
      email,
      name: "Lea",
      confirmed: false,
    };
  }
});

test("A3 a giver who lost their rights meanwhile gives nothing: the person joins as Member, and the timeline says so", async () => {
  const org = await createTestOrganization();
  const mila = await org.seat("mila", "admin");
  const { code, proof, email } = await org.invite(undefined, "admin", mila);
  await db().member.update({ where: { id: mila.memberId }, data: { role: "member" } });
  expect(await accept(ip(), null, { code, proof, ...lea })).toMatchObject({ ok: true });
  const member = await org.member(email);
  expect(member.role).toBe("member");
  expect((await org.activity(member.id)).at(-1)).toMatchObject({
    type: "accepted",
    data: { withdrawn: "admin" },
  });
});

test("C8 the page of a used code still says so when its key has left the ring", async () => {
  const org = await createTestOrganization();
  const { code, proof, invitation } = await org.invite();
  await accept(ip(), null, { code, proof, ...lea });
  await db().invitation.update({ where: { id: invitation }, data: { keyId: 99 } });
  expect(await findByCode(ip(), code, proof)).toMatchObject({
    ok: true,
    value: { status: "accepted", proven: false },
  });
});
