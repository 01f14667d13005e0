"use server";

import { defineAction } from "@/lib/kit/action";
import { done } from "@/lib/kit/outcome";
import { vouch } from "@/lib/members/commands";
import { erase } from "@/lib/members/commands/erase";
import { ERASE_WORDS, VOUCH_WORDS } from "@/lib/members/messages";
import { findUsers } from "@/lib/members/queries";
import { eraseInput, memberRef } from "@/lib/members/schema";

export const vouchForAddress = defineAction({
  may: "users:update",
  input: memberRef,
  words: VOUCH_WORDS,
  run: async (actor, input) => {
    const outcome = await vouch(actor, input);
    return outcome.ok ? done({ users: await findUsers(actor, [input.member]) }) : outcome;
  },
});

export const erasePerson = defineAction({
  may: "users:remove",
  input: eraseInput,
  words: ERASE_WORDS,
  run: erase,
});
