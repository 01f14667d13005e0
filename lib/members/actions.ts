"use server";

import { defineAction } from "@/lib/kit/action";
import { done } from "@/lib/kit/outcome";
import { vouch } from "@/lib/members/commands/vouch";
import { VOUCH_WORDS } from "@/lib/members/messages";
import { findUsers } from "@/lib/members/queries/list";
import { memberRef } from "@/lib/members/schema";

export const vouchForAddress = defineAction({
  may: "users:update",
  input: memberRef,
  words: VOUCH_WORDS,
  run: async (actor, input) => {
    const outcome = await vouch(actor, input);
    return outcome.ok ? done({ users: await findUsers(actor, [input.member]) }) : outcome;
  },
});
