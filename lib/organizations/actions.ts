"use server";

import { redirect } from "next/navigation";
import { signInAs } from "@/lib/auth/config";
import { definePublicAction } from "@/lib/kit/action";
import { SETUP_WORDS } from "@/lib/organizations/messages";
import { setupInput } from "@/lib/organizations/schema";
import { setUp } from "@/lib/organizations/setup";

export const setUpFoyer = definePublicAction({
  input: setupInput,
  words: SETUP_WORDS,
  run: ({ ip }, input) => setUp(ip, input),
  after: async ({ accountId, slug }) => {
    await signInAs(accountId);
    redirect(`/o/${slug}/admin/users`);
  },
});
