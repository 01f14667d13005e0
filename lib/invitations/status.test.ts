import { expect, test } from "vitest";
import { movesFrom, statusOf } from "./status";

const noon = new Date("2026-11-27T12:00:00Z");
const open = { settledAs: null, expiresAt: noon };

test("C1 an open invitation is pending to the last millisecond, and expired from that second on", () => {
  expect(statusOf(open, new Date(noon.getTime() - 1))).toBe("pending");
  expect(statusOf(open, noon)).toBe("expired");
});

test("what is settled stays so, however late it is", () => {
  expect(statusOf({ ...open, settledAs: "accepted" }, new Date("2030-01-01"))).toBe("accepted");
});

test("only what is pending can be copied or accepted, only what is expired renewed", () => {
  for (const status of ["expired", "accepted", "declined", "revoked", "superseded"] as const) {
    expect(movesFrom(status)).not.toContain("copy");
    expect(movesFrom(status)).not.toContain("accept");
  }
  expect(movesFrom("expired")).toEqual(["renew", "revoke"]);
  expect(movesFrom("pending")).not.toContain("renew");
});
