import type { Messages } from "@/lib/result/result";

export type UpdateSettingsRefusal = "rights-lost" | "changed-concurrently" | "policy-gone" | "above-you";

export const UPDATE_SETTINGS_MESSAGES: Messages<UpdateSettingsRefusal> = {
  "rights-lost": "admin.settings.refusals.rights-lost",
  "changed-concurrently": "admin.settings.refusals.changed-concurrently",
  "policy-gone": "admin.refusals.policy-gone",
  "above-you": "admin.settings.refusals.above-you",
};

export type SendTestEmailRefusal = "rights-lost" | "recipient-limit";

export const SEND_TEST_EMAIL_MESSAGES: Messages<SendTestEmailRefusal> = {
  "rights-lost": "admin.settings.refusals.rights-lost",
  "recipient-limit": "admin.settings.refusals.recipient-limit",
};
