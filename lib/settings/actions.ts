"use server";

import { defineAction } from "@/lib/actions/define-action";
import { organizationInput } from "@/lib/actions/input";
import { done } from "@/lib/result/result";
import { sendTestEmail } from "@/lib/settings/commands/send-test";
import { updateSettings } from "@/lib/settings/commands/update";
import { SEND_TEST_EMAIL_MESSAGES, UPDATE_SETTINGS_MESSAGES } from "@/lib/settings/messages";
import { findSettings, findTestEmail } from "@/lib/settings/queries";
import { settingsInput } from "@/lib/settings/schema";

export const updateSettingsAction = defineAction({
  permission: "settings:update",
  input: settingsInput,
  messages: UPDATE_SETTINGS_MESSAGES,
  handler: async (actor, { organization: _, ...input }) => {
    const result = await updateSettings(actor, input);
    return result.ok ? done(await findSettings(actor)) : result;
  },
});

export const sendTestEmailAction = defineAction({
  permission: "settings:update",
  input: organizationInput,
  messages: SEND_TEST_EMAIL_MESSAGES,
  handler: async (actor) => {
    const result = await sendTestEmail(actor);
    return result.ok ? done(await findTestEmail(actor)) : result;
  },
});

export const findTestEmailAction = defineAction({
  permission: "settings:update",
  input: organizationInput,
  messages: {},
  handler: async (actor) => done(await findTestEmail(actor)),
});
