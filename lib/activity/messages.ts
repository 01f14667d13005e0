import type { Messages } from "@/lib/result/result";

/** Why the log cannot be listed with these filters. */
export type ActivityRefusal = "unknown-person" | "too-slow";

export const ACTIVITY_MESSAGES: Messages<ActivityRefusal> = {
  "unknown-person": "admin.activity.refusals.unknown-person",
  "too-slow": "admin.activity.refusals.too-slow",
};
