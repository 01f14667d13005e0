"use server";

import { defineAction } from "@/lib/actions/define-action";
import type { Actor } from "@/lib/auth/actor";
import { createPolicy } from "@/lib/policies/commands/create";
import { deletePolicy } from "@/lib/policies/commands/delete";
import { updatePolicy } from "@/lib/policies/commands/update";
import {
  CREATE_POLICY_MESSAGES,
  DELETE_POLICY_MESSAGES,
  UPDATE_POLICY_MESSAGES,
} from "@/lib/policies/messages";
import { listPolicies, previewImpact } from "@/lib/policies/queries";
import {
  createPolicyInput,
  deletePolicyInput,
  policyImpactInput,
  updatePolicyInput,
} from "@/lib/policies/schema";
import { done, type Result } from "@/lib/result/result";

export const createPolicyAction = defineAction({
  permission: "policies:manage",
  input: createPolicyInput,
  messages: CREATE_POLICY_MESSAGES,
  handler: async (actor, input) => withList(actor, await createPolicy(actor, input)),
});

export const updatePolicyAction = defineAction({
  permission: "policies:manage",
  input: updatePolicyInput,
  messages: UPDATE_POLICY_MESSAGES,
  handler: async (actor, input) => withList(actor, await updatePolicy(actor, input)),
});

export const deletePolicyAction = defineAction({
  permission: "policies:manage",
  input: deletePolicyInput,
  messages: DELETE_POLICY_MESSAGES,
  handler: async (actor, input) => withList(actor, await deletePolicy(actor, input)),
});

export const previewPolicyImpactAction = defineAction({
  permission: "policies:manage",
  input: policyImpactInput,
  messages: {},
  handler: async (actor, input) => done({ impacts: await previewImpact(actor, input) }),
});

/**
 * Adds the updated list to a successful result, so that the screen can show it immediately. The actor's
 * permissions are those before the change, which may have taken `policies:manage` from them.
 */
async function withList<Reason extends string>(actor: Actor, result: Result<unknown, Reason>) {
  return result.ok ? done({ policies: await listPolicies(actor) }) : result;
}
