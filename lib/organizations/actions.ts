"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { defineAction, definePublicAction } from "@/lib/actions/define-action";
import { currentOperator, signInHere } from "@/lib/auth/current";
import { removeDemo } from "@/lib/organizations/demo";
import { eraseOrganization as erase } from "@/lib/organizations/erase";
import { make } from "@/lib/organizations/make";
import { DEMO_WORDS, ERASE_ORGANIZATION_WORDS, MAKE_WORDS, SETUP_WORDS } from "@/lib/organizations/messages";
import { eraseOrganizationInput, makeInput, setupInput } from "@/lib/organizations/schema";
import { setUp } from "@/lib/organizations/setup";
import { refused } from "@/lib/result/result";

export const setUpFoyer = definePublicAction({
  input: setupInput,
  words: SETUP_WORDS,
  run: ({ ip }, input) => setUp(ip, input),
  after: async ({ accountId, slug }) => {
    await signInHere(accountId);
    redirect(`/o/${slug}/admin/users`);
  },
});

export const makeOrganization = definePublicAction({
  input: makeInput,
  words: MAKE_WORDS,
  run: async ({ account }, input) => {
    const operator = await currentOperator();
    return operator ? make(operator, input) : refused(account ? "operators-only" : "signed-out");
  },
  after: async ({ slug }) => redirect(`/o/${slug}/admin/users`),
});

export const removeDemoOrganization = definePublicAction({
  input: z.object({}),
  words: DEMO_WORDS,
  run: async ({ account }) => {
    const operator = await currentOperator();
    return operator ? removeDemo(operator) : refused(account ? "operators-only" : "signed-out");
  },
  after: async () => redirect("/"),
});

export const eraseOrganization = defineAction({
  may: "settings:update",
  input: eraseOrganizationInput,
  words: ERASE_ORGANIZATION_WORDS,
  run: erase,
});
