"use server";

import { defineAction } from "@/lib/kit/action";
import { vouch } from "@/lib/members/commands";
import { VOUCH_WORDS } from "@/lib/members/messages";
import { memberRef } from "@/lib/members/schema";

export const vouchForAddress = defineAction({
  may: "users:update",
  input: memberRef,
  words: VOUCH_WORDS,
  run: vouch,
});
