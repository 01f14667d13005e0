import { expect, test } from "vitest";
import { allowedInvitationActions, invitationStatusOf } from "./status";

const noon = new Date("2026-11-27T12:00:00Z");
const open = { settledAs: null, expiresAt: noon };

test("C1 an open invitation is pending until the last millisecond before its expiry, and expired from then on", () => {
  expect(invitationStatusOf(open, new Date(noon.getTime() - 1))).toBe("pending");
  expect(invitationStatusOf(open, noon)).toBe("expired");
});

test("a closed invitation keeps its status after the expiry", () => {
  expect(invitationStatusOf({ ...open, settledAs: "accepted" }, new Date("2030-01-01"))).toBe("accepted");
});

test("only pending invitations can be copied or accepted, and only expired ones renewed", () => {
  for (const status of ["expired", "accepted", "declined", "revoked", "superseded"] as const) {
    expect(allowedInvitationActions(status)).not.toContain("copy");
    expect(allowedInvitationActions(status)).not.toContain("accept");
  }
  expect(allowedInvitationActions("expired")).toEqual(["renew", "revoke"]);
  expect(allowedInvitationActions("pending")).toEqual(["copy", "resend", "revoke", "accept", "decline"]);
});

test("C2 a closed invitation allows no action", () => {
  for (const status of ["accepted", "declined", "revoked", "superseded"] as const)
    expect(allowedInvitationActions(status), status).toEqual([]);
});
