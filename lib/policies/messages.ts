import { missingPermissionMessage } from "@/lib/permissions/messages";
import type { InvalidPermission, Permission } from "@/lib/permissions/permissions";
import type { Messages } from "@/lib/result/result";

/** Returns the message that names one or several missing permissions and who can grant them (REQ-A5). */
export function missingPermissionsMessage(permissions: readonly Permission[], organization: string): string {
  const [first, ...others] = permissions;
  if (!first || others.length === 0) return first ? missingPermissionMessage(first, organization) : "";
  const list = `${permissions.slice(0, -1).join(", ")} and ${others.at(-1)}`;
  return `You need the permissions ${list} to change anything here. An Owner or Admin of ${organization} can give them to you.`;
}

export const INVALID_PERMISSION_MESSAGES: Record<InvalidPermission, string> = {
  "permission-shape": "Not a permission. It looks like catalog.sources:read.",
  "permission-long": "Longer than the 100 characters a permission may have.",
  "permission-of-foyer":
    "Looks like one of Foyer's own permissions. Tick it above, or give yours another first word.",
};

type WriteRefusal = "rights-lost" | "above-you" | "name-taken";

const WRITE_MESSAGES: Messages<WriteRefusal> = {
  "rights-lost": "You no longer have permission to manage access policies. Ask an Owner or Admin.",
  "above-you":
    "A policy can hold only what you hold yourself, and your own product's permissions only with roles:assign. Take out the rest, or ask an Owner or Admin.",
  "name-taken": "Another access policy has this name already. Choose another one.",
};

export type CreatePolicyRefusal = WriteRefusal | "too-many";

export const CREATE_POLICY_MESSAGES: Messages<CreatePolicyRefusal> = {
  ...WRITE_MESSAGES,
  "too-many": ({ most }) => `An organization has at most ${most} access policies. Delete one first.`,
};

/** Why the actor can neither change nor delete a policy. */
export type ReadOnlyReason = "built-in" | "above-you";

export const READ_ONLY_POLICY_MESSAGES: Record<ReadOnlyReason, string> = {
  "built-in": "Built-in policies stay as they are",
  "above-you": "It grants more than you hold yourself",
};

/** Why changing or deleting a policy is refused. */
export type ExistingPolicyRefusal = ReadOnlyReason | "rights-lost" | "policy-gone" | "changed-concurrently";

const EXISTING_POLICY_MESSAGES: Messages<ExistingPolicyRefusal> = {
  "rights-lost": WRITE_MESSAGES["rights-lost"],
  "built-in": "Built-in policies stay as they are. Make one of your own instead.",
  "above-you": "This access policy gives more access than you have. Ask an Owner.",
  "policy-gone": "This access policy does not exist any more. Reload the page to see those there are.",
  "changed-concurrently": "Someone else just changed this access policy. Close this and review the changes.",
};

export type UpdatePolicyRefusal = ExistingPolicyRefusal | WriteRefusal | "own-policy";

export const UPDATE_POLICY_MESSAGES: Messages<UpdatePolicyRefusal> = {
  ...EXISTING_POLICY_MESSAGES,
  ...WRITE_MESSAGES,
  "own-policy":
    "You have this policy yourself, so you can't add permissions you don't have. Ask another admin.",
};

export type DeletePolicyRefusal = ExistingPolicyRefusal;

export const DELETE_POLICY_MESSAGES: Messages<DeletePolicyRefusal> = EXISTING_POLICY_MESSAGES;
