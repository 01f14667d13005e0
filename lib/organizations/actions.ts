"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { currentOperator, signInHere } from "@/lib/auth/current";
import { definePublicAction } from "@/lib/kit/action";
import { refused } from "@/lib/kit/outcome";
import { removeDemo } from "@/lib/organizations/demo";
import { DEMO_WORDS, SETUP_WORDS } from "@/lib/organizations/messages";
import { setupInput } from "@/lib/organizations/schema";
import { setUp } from "@/lib/organizations/setup";

export const setUpFoyer = definePublicAction({
  input: setupInput,
  words: SETUP_WORDS,
  run: ({ ip }, input) => setUp(ip, input),
  after: async ({ accountId, slug }) => {
    await signInHere(accountId);
    redirect(`/o/${slug}/admin/users`);
  },
});

export const removeDemoOrganization = definePublicAction({
  input: z.object({}),
  words: DEMO_WORDS,
  run: async () => {
    const operator = await currentOperator();
    return operator ? removeDemo(operator) : refused("operators-only");
  },
  after: async () => redirect("/"),
});
