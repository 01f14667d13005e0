"use server";

import { redirect } from "next/navigation";
import { getLocale, getTimeZone } from "next-intl/server";
import { z } from "zod";
import { defineAction, definePublicAction } from "@/lib/actions/define-action";
import { currentOperator, signInAccount } from "@/lib/auth/current";
import { createOrganization } from "@/lib/organizations/commands/create";
import { eraseOrganization } from "@/lib/organizations/commands/erase";
import { removeDemo } from "@/lib/organizations/commands/remove-demo";
import { setUpInstallation } from "@/lib/organizations/commands/setup";
import {
  CREATE_ORGANIZATION_MESSAGES,
  ERASE_ORGANIZATION_MESSAGES,
  REMOVE_DEMO_MESSAGES,
  SETUP_MESSAGES,
} from "@/lib/organizations/messages";
import { createOrganizationInput, eraseOrganizationInput, setupInput } from "@/lib/organizations/schema";
import { refused } from "@/lib/result/result";

export const setUpInstallationAction = definePublicAction({
  input: setupInput,
  messages: SETUP_MESSAGES,
  handler: async ({ ip }, input) => setUpInstallation(ip, { ...input, ...(await currentReader()) }),
  onSuccess: async ({ accountId, slug }) => {
    await signInAccount(accountId);
    redirect(`/o/${slug}/admin/users`);
  },
});

export const createOrganizationAction = definePublicAction({
  input: createOrganizationInput,
  messages: CREATE_ORGANIZATION_MESSAGES,
  handler: async ({ account }, input) => {
    const operator = await currentOperator();
    return operator
      ? createOrganization(operator, { ...input, ...(await currentReader()) })
      : refused(account ? "operators-only" : "signed-out");
  },
  onSuccess: async ({ slug }) => redirect(`/o/${slug}/admin/users`),
});

export const removeDemoAction = definePublicAction({
  input: z.object({}),
  messages: REMOVE_DEMO_MESSAGES,
  handler: async ({ account }) => {
    const operator = await currentOperator();
    return operator ? removeDemo(operator) : refused(account ? "operators-only" : "signed-out");
  },
  onSuccess: async () => redirect("/"),
});

export const eraseOrganizationAction = defineAction({
  permission: "settings:update",
  input: eraseOrganizationInput,
  messages: ERASE_ORGANIZATION_MESSAGES,
  handler: eraseOrganization,
});

/** Returns the language and time zone of the page, which a new organization takes over. */
async function currentReader() {
  const [language, timeZone] = await Promise.all([getLocale(), getTimeZone()]);
  return { language, timeZone };
}
