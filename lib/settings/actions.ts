"use server";

import { defineAction } from "@/lib/actions/define-action";
import { inOrganization } from "@/lib/actions/input";
import { done } from "@/lib/result/result";
import { change } from "@/lib/settings/commands/change";
import { sendTest } from "@/lib/settings/commands/send-test";
import { CHANGE_SETTINGS_MESSAGES, TEST_MESSAGES } from "@/lib/settings/messages";
import { findSettings, findTest } from "@/lib/settings/queries";
import { settingsInput } from "@/lib/settings/schema";

export const changeSettings = defineAction({
  permission: "settings:update",
  input: settingsInput,
  messages: CHANGE_SETTINGS_MESSAGES,
  handler: async (actor, { organization: _, ...input }) => {
    const outcome = await change(actor, input);
    return outcome.ok ? done(await findSettings(actor)) : outcome;
  },
});

export const sendTestEmail = defineAction({
  permission: "settings:update",
  input: inOrganization,
  messages: TEST_MESSAGES,
  handler: async (actor) => {
    const outcome = await sendTest(actor);
    return outcome.ok ? done(await findTest(actor)) : outcome;
  },
});

export const showTestEmail = defineAction({
  permission: "settings:update",
  input: inOrganization,
  messages: {},
  handler: async (actor) => done(await findTest(actor)),
});
