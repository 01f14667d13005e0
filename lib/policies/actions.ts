"use server";

import { defineAction } from "@/lib/actions/define-action";
import type { Actor } from "@/lib/auth/actor";
import { change } from "@/lib/policies/commands/change";
import { create } from "@/lib/policies/commands/create";
import { remove } from "@/lib/policies/commands/remove";
import { CHANGE_POLICY_WORDS, CREATE_POLICY_WORDS, DELETE_POLICY_WORDS } from "@/lib/policies/messages";
import { findLosses, listPolicies } from "@/lib/policies/queries";
import {
  changePolicyInput,
  createPolicyInput,
  deletePolicyInput,
  policyLossesInput,
} from "@/lib/policies/schema";
import { done, type Outcome } from "@/lib/result/result";

export const createPolicy = defineAction({
  may: "policies:manage",
  input: createPolicyInput,
  words: CREATE_POLICY_WORDS,
  run: async (actor, input) => withList(actor, await create(actor, input)),
});

export const changePolicy = defineAction({
  may: "policies:manage",
  input: changePolicyInput,
  words: CHANGE_POLICY_WORDS,
  run: async (actor, input) => withList(actor, await change(actor, input)),
});

export const deletePolicy = defineAction({
  may: "policies:manage",
  input: deletePolicyInput,
  words: DELETE_POLICY_WORDS,
  run: async (actor, input) => withList(actor, await remove(actor, input)),
});

export const showPolicyLosses = defineAction({
  may: "policies:manage",
  input: policyLossesInput,
  words: {},
  run: async (actor, input) => done({ losses: await findLosses(actor, input) }),
});

/** The whole list as it is now: the screen shows it at once. Whoever has just lost `policies:manage` to their own change sees it no more. */
async function withList<Reason extends string>(actor: Actor, outcome: Outcome<unknown, Reason>) {
  return outcome.ok ? done({ policies: await listPolicies(actor) }) : outcome;
}
