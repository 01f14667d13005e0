import type { Messages } from "@/lib/result/result";

export type UpdateSettingsRefusal = "rights-lost" | "changed-concurrently" | "policy-gone" | "above-you";

const PERMISSION_LOST = "You no longer have permission to change settings. Ask an Owner or Admin.";

export const UPDATE_SETTINGS_MESSAGES: Messages<UpdateSettingsRefusal> = {
  "rights-lost": PERMISSION_LOST,
  "changed-concurrently": "Someone else just changed this. Reload to see the changes, then try again.",
  "policy-gone": "An access policy you chose has been deleted. Reload the page and choose again.",
  "above-you": "Defaults can't give more access than you have. Choose a lower role or fewer policies.",
};

export type SendTestEmailRefusal = "rights-lost" | "recipient-limit";

export const SEND_TEST_EMAIL_MESSAGES: Messages<SendTestEmailRefusal> = {
  "rights-lost": PERMISSION_LOST,
  "recipient-limit": "This address has reached today's limit of 5 emails. Try again tomorrow.",
};
