import type { Messages } from "@/lib/result/result";

export type ChangeSettingsRefusal = "rights-lost" | "changed-meanwhile" | "policy-gone" | "above-you";

const LOST = "You lost the permission settings:update meanwhile. An Owner or Admin can give it back.";

export const CHANGE_SETTINGS_MESSAGES: Messages<ChangeSettingsRefusal> = {
  "rights-lost": LOST,
  "changed-meanwhile":
    "Somebody else changed these settings meanwhile. Reload the page, look at theirs, and change yours again.",
  "policy-gone": "One of the chosen access policies was deleted meanwhile. Reload the page and choose again.",
  "above-you":
    "Whoever invites may give the defaults, so you can only make a default of what you hold yourself. Choose a lower role or other access policies.",
};

export type TestRefusal = "rights-lost" | "recipient-limit";

export const TEST_MESSAGES: Messages<TestRefusal> = {
  "rights-lost": LOST,
  "recipient-limit": "Your address has got 5 letters within a day. Try again tomorrow.",
};
