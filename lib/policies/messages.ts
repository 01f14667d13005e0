import type { InvalidPermission } from "@/lib/permissions/permissions";
import type { Messages } from "@/lib/result/result";

export const INVALID_PERMISSION_MESSAGES: Messages<InvalidPermission> = {
  "permission-shape": "admin.policies.invalidPermission.permission-shape",
  "permission-long": "admin.policies.invalidPermission.permission-long",
  "permission-of-foyer": "admin.policies.invalidPermission.permission-of-foyer",
};

type WriteRefusal = "rights-lost" | "above-you" | "name-taken";

const WRITE_MESSAGES: Messages<WriteRefusal> = {
  "rights-lost": "admin.policies.refusals.rights-lost",
  "above-you": "admin.policies.refusals.permissions-above-you",
  "name-taken": "admin.policies.refusals.name-taken",
};

export type CreatePolicyRefusal = WriteRefusal | "too-many";

export const CREATE_POLICY_MESSAGES: Messages<CreatePolicyRefusal> = {
  ...WRITE_MESSAGES,
  "too-many": "admin.policies.refusals.too-many",
};

/** Why the actor can neither change nor delete a policy. */
export type ReadOnlyReason = "built-in" | "above-you";

/** Why changing or deleting a policy is refused. */
export type ExistingPolicyRefusal = ReadOnlyReason | "rights-lost" | "policy-gone" | "changed-concurrently";

const EXISTING_POLICY_MESSAGES: Messages<ExistingPolicyRefusal> = {
  "rights-lost": "admin.policies.refusals.rights-lost",
  "built-in": "admin.policies.refusals.built-in",
  "above-you": "admin.policies.refusals.above-you",
  "policy-gone": "admin.policies.refusals.policy-gone",
  "changed-concurrently": "admin.policies.refusals.changed-concurrently",
};

export type UpdatePolicyRefusal = ExistingPolicyRefusal | WriteRefusal | "own-policy";

export const UPDATE_POLICY_MESSAGES: Messages<UpdatePolicyRefusal> = {
  ...EXISTING_POLICY_MESSAGES,
  ...WRITE_MESSAGES,
  "own-policy": "admin.policies.refusals.own-policy",
};

export type DeletePolicyRefusal = ExistingPolicyRefusal;

export const DELETE_POLICY_MESSAGES: Messages<DeletePolicyRefusal> = EXISTING_POLICY_MESSAGES;
