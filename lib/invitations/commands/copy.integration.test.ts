import { describe, expect, test } from "vitest";
import { connectionPool } from "@/lib/db/client";
import { copyInvitation } from "@/lib/invitations/commands/copy";
import { invitationList } from "@/lib/invitations/list";
import { listInvitations } from "@/lib/invitations/queries/list";
import { parseInvitationCode } from "@/lib/links/invitation-link";
import { createTestOrganization } from "@/test/factories";

describe("C5 copy", () => {
  test("C5 works any number of times for code and link, and is logged", async () => {
    const org = await createTestOrganization();
    const { invitation, code, proof, email } = await org.invite();
    for (let i = 0; i < 3; i++) {
      const asCode = await copyInvitation(org.owner, { invitation, shape: "code" });
      const asLink = await copyInvitation(org.owner, { invitation, shape: "link" });
      expect(asCode.ok && parseInvitationCode(asCode.value.text)).toBe(code);
      expect(asLink.ok && parseInvitationCode(asLink.value.text)).toBe(code);
      expect(JSON.stringify([asCode, asLink])).not.toContain(proof);
    }
    const { id } = await org.member(email);
    expect((await org.activity(id)).filter((entry) => entry.type === "copied")).toHaveLength(6);
  });

  test("C5 an invitation that grants more than the actor has cannot be copied", async () => {
    const org = await createTestOrganization();
    const samira = await org.addMember("samira", "member", "Create");
    const [high, low] = [await org.invite(undefined, "owner"), await org.invite()];
    expect(await copyInvitation(samira, { invitation: high.invitation, shape: "link" })).toMatchObject({
      reason: "above-you",
    });
    expect(await copyInvitation(samira, { invitation: low.invitation, shape: "link" })).toMatchObject({
      ok: true,
    });
  });

  test("C5 another organization's invitation is not found", async () => {
    const [org, other] = [await createTestOrganization(), await createTestOrganization()];
    const { invitation } = await org.invite();
    expect(await copyInvitation(other.owner, { invitation, shape: "code" })).toMatchObject({
      reason: "not-found",
    });
  });

  test("C5 codes are in no list and nowhere in the database", async () => {
    const org = await createTestOrganization();
    const { code, proof } = await org.invite();
    expect(JSON.stringify(await listInvitations(org.owner, invitationList.defaults))).not.toContain(code);
    const { rows: tables } = await connectionPool().query<{ name: string }>(
      `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname IN ('public', 'pgboss')`,
    );
    for (const { name } of tables) {
      const { rows } = await connectionPool().query(
        `SELECT FROM ${name} t WHERE t::text ~* $1 OR t::text ~* $2 LIMIT 1`,
        [code.replace(/(.{5})(?=.)/g, "$1-?"), proof],
      );
      expect(rows, name).toHaveLength(0);
    }
  });
});
