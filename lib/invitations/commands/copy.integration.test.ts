import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { closeDatabase, pool } from "@/lib/db/client";
import { copy } from "@/lib/invitations/commands/copy";
import { invitationList } from "@/lib/invitations/list";
import { listInvitations } from "@/lib/invitations/queries/list";
import { prepareQueue, stopSending } from "@/lib/jobs/queue";
import { readCode } from "@/lib/links/invitation-link";
import { createTestOrganization } from "@/lib/organizations/fixture";

beforeAll(prepareQueue);
afterAll(async () => {
  await stopSending();
  await closeDatabase();
});

describe("C5 copy", () => {
  test("C5 works every time, in both shapes, and the timeline knows", async () => {
    const org = await createTestOrganization();
    const { invitation, code, proof, email } = await org.invite();
    for (let i = 0; i < 3; i++) {
      const asCode = await copy(org.owner, { invitation, shape: "code" });
      const asLink = await copy(org.owner, { invitation, shape: "link" });
      expect(asCode.ok && readCode(asCode.value.text)).toBe(code);
      expect(asLink.ok && readCode(asLink.value.text)).toBe(code);
      expect(JSON.stringify([asCode, asLink])).not.toContain(proof);
    }
    const { id } = await org.member(email);
    expect((await org.activity(id)).filter((one) => one.type === "copied")).toHaveLength(6);
  });

  test("C5 an invitation that gives more than one holds cannot be copied", async () => {
    const org = await createTestOrganization();
    const samira = await org.seat("samira", "member", "Create");
    const [high, low] = [await org.invite(undefined, "owner"), await org.invite()];
    expect(await copy(samira, { invitation: high.invitation, shape: "link" })).toMatchObject({
      reason: "above-you",
    });
    expect(await copy(samira, { invitation: low.invitation, shape: "link" })).toMatchObject({ ok: true });
  });

  test("C5 another organization's invitation is not found", async () => {
    const [org, other] = [await createTestOrganization(), await createTestOrganization()];
    const { invitation } = await org.invite();
    expect(await copy(other.owner, { invitation, shape: "code" })).toMatchObject({ reason: "not-found" });
  });

  test("C5 no code rests in a list, or anywhere in the database", async () => {
    const org = await createTestOrganization();
    const { code, proof } = await org.invite();
    expect(JSON.stringify(await listInvitations(org.owner, invitationList.defaults))).not.toContain(code);
    const { rows: tables } = await pool().query<{ name: string }>(
      `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname IN ('public', 'pgboss')`,
    );
    for (const { name } of tables) {
      const { rows } = await pool().query(
        `SELECT FROM ${name} t WHERE t::text ~* $1 OR t::text ~* $2 LIMIT 1`,
        [code.replace(/(.{5})(?=.)/g, "$1-?"), proof],
      );
      expect(rows, name).toHaveLength(0);
    }
  });
});
