"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { defineAction, definePublicAction } from "@/lib/actions/define-action";
import { currentOperator, signInHere } from "@/lib/auth/current";
import { removeDemo } from "@/lib/organizations/demo";
import { eraseOrganization as erase } from "@/lib/organizations/erase";
import { make } from "@/lib/organizations/make";
import {
  DEMO_MESSAGES,
  ERASE_ORGANIZATION_MESSAGES,
  MAKE_MESSAGES,
  SETUP_MESSAGES,
} from "@/lib/organizations/messages";
import { eraseOrganizationInput, makeInput, setupInput } from "@/lib/organizations/schema";
import { setUp } from "@/lib/organizations/setup";
import { refused } from "@/lib/result/result";

export const setUpFoyer = definePublicAction({
  input: setupInput,
  messages: SETUP_MESSAGES,
  handler: ({ ip }, input) => setUp(ip, input),
  onSuccess: async ({ accountId, slug }) => {
    await signInHere(accountId);
    redirect(`/o/${slug}/admin/users`);
  },
});

export const makeOrganization = definePublicAction({
  input: makeInput,
  messages: MAKE_MESSAGES,
  handler: async ({ account }, input) => {
    const operator = await currentOperator();
    return operator ? make(operator, input) : refused(account ? "operators-only" : "signed-out");
  },
  onSuccess: async ({ slug }) => redirect(`/o/${slug}/admin/users`),
});

export const removeDemoOrganization = definePublicAction({
  input: z.object({}),
  messages: DEMO_MESSAGES,
  handler: async ({ account }) => {
    const operator = await currentOperator();
    return operator ? removeDemo(operator) : refused(account ? "operators-only" : "signed-out");
  },
  onSuccess: async () => redirect("/"),
});

export const eraseOrganization = defineAction({
  permission: "settings:update",
  input: eraseOrganizationInput,
  messages: ERASE_ORGANIZATION_MESSAGES,
  handler: erase,
});
