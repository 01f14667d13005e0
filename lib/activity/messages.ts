/** Why a question to the log has no list for an answer. */
export type ActivityRefusal = "nobody" | "too-slow";

export const ACTIVITY_MESSAGES: Record<ActivityRefusal, string> = {
  nobody: "Nobody with this address was ever invited to this organization. Check how it is written.",
  "too-slow":
    "This combination is too much for a log of this size. Take out a filter, or ask for fewer days.",
};
