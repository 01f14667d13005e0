"use server";

import { defineAction } from "@/lib/actions/define-action";
import type { Actor } from "@/lib/auth/actor";
import { change } from "@/lib/policies/commands/change";
import { create } from "@/lib/policies/commands/create";
import { remove } from "@/lib/policies/commands/remove";
import {
  CHANGE_POLICY_MESSAGES,
  CREATE_POLICY_MESSAGES,
  DELETE_POLICY_MESSAGES,
} from "@/lib/policies/messages";
import { findLosses, listPolicies } from "@/lib/policies/queries";
import {
  changePolicyInput,
  createPolicyInput,
  deletePolicyInput,
  policyLossesInput,
} from "@/lib/policies/schema";
import { done, type Result } from "@/lib/result/result";

export const createPolicy = defineAction({
  permission: "policies:manage",
  input: createPolicyInput,
  messages: CREATE_POLICY_MESSAGES,
  handler: async (actor, input) => withList(actor, await create(actor, input)),
});

export const changePolicy = defineAction({
  permission: "policies:manage",
  input: changePolicyInput,
  messages: CHANGE_POLICY_MESSAGES,
  handler: async (actor, input) => withList(actor, await change(actor, input)),
});

export const deletePolicy = defineAction({
  permission: "policies:manage",
  input: deletePolicyInput,
  messages: DELETE_POLICY_MESSAGES,
  handler: async (actor, input) => withList(actor, await remove(actor, input)),
});

export const showPolicyLosses = defineAction({
  permission: "policies:manage",
  input: policyLossesInput,
  messages: {},
  handler: async (actor, input) => done({ losses: await findLosses(actor, input) }),
});

/** The whole list as it is now: the screen shows it at once. Whoever has just lost `policies:manage` to their own change sees it no more. */
async function withList<Reason extends string>(actor: Actor, outcome: Result<unknown, Reason>) {
  return outcome.ok ? done({ policies: await listPolicies(actor) }) : outcome;
}
