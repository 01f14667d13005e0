/** Why the log cannot be listed with these filters. */
export type ActivityRefusal = "unknown-person" | "too-slow";

export const ACTIVITY_MESSAGES: Record<ActivityRefusal, string> = {
  "unknown-person": "No user or invitation has this address. Check the spelling.",
  "too-slow":
    "This combination is too much for a log of this size. Take out a filter, or ask for fewer days.",
};
