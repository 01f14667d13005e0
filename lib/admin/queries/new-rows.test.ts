import { expect, test } from "vitest";
import { ACTIVITY_TYPES, type ActivityType } from "@/lib/activity/activity-types";
import { INVITATION_LIST_EVENTS, REQUEST_LIST_EVENTS, USER_LIST_EVENTS } from "./new-rows";

/** Activity that changes rows, or nothing, in the lists. A new type belongs here or in `new-rows.ts`. */
const addsNoRow: ActivityType[] = [
  "organization-created",
  "copied",
  "resent",
  "reminded",
  "bounced",
  "complained",
  "emails-allowed",
  "vouched",
  "changed",
  "confirmed",
  "renamed",
  "address-changed",
  "replaced",
  "policy-created",
  "policy-changed",
  "policy-deleted",
  "settings-changed",
  "test-sent",
  "person-erased",
  "organization-erased",
];

test("C9 every type of activity adds rows to an open list or is known to add none", () => {
  const addsRow = [USER_LIST_EVENTS, INVITATION_LIST_EVENTS, REQUEST_LIST_EVENTS].flatMap((events) =>
    Object.values(events).flat(),
  );
  expect([...new Set(addsRow), ...addsNoRow].sort()).toEqual([...ACTIVITY_TYPES].sort());
});
