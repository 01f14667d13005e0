"use server";

import { defineAction } from "@/lib/actions/define-action";
import { inOrganization } from "@/lib/actions/input";
import { done } from "@/lib/result/result";
import { change } from "@/lib/settings/commands/change";
import { sendTest } from "@/lib/settings/commands/send-test";
import { CHANGE_SETTINGS_WORDS, TEST_WORDS } from "@/lib/settings/messages";
import { findSettings, findTest } from "@/lib/settings/queries";
import { settingsInput } from "@/lib/settings/schema";

export const changeSettings = defineAction({
  may: "settings:update",
  input: settingsInput,
  words: CHANGE_SETTINGS_WORDS,
  run: async (actor, { organization: _, ...input }) => {
    const outcome = await change(actor, input);
    return outcome.ok ? done(await findSettings(actor)) : outcome;
  },
});

export const sendTestEmail = defineAction({
  may: "settings:update",
  input: inOrganization,
  words: TEST_WORDS,
  run: async (actor) => {
    const outcome = await sendTest(actor);
    return outcome.ok ? done(await findTest(actor)) : outcome;
  },
});

export const showTestEmail = defineAction({
  may: "settings:update",
  input: inOrganization,
  words: {},
  run: async (actor) => done(await findTest(actor)),
});
