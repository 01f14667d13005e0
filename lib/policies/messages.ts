import { missingPermission } from "@/lib/permissions/messages";
import type { BadPermission, Permission } from "@/lib/permissions/permissions";
import type { Messages } from "@/lib/result/result";

/** The same of several at once. */
export function missingPermissions(permissions: readonly Permission[], organization: string): string {
  const [first, ...others] = permissions;
  if (!first || others.length === 0) return first ? missingPermission(first, organization) : "";
  const list = `${permissions.slice(0, -1).join(", ")} and ${others.at(-1)}`;
  return `You need the permissions ${list} to change anything here. An Owner or Admin of ${organization} can give them to you.`;
}

export const BAD_PERMISSION_MESSAGES: Record<BadPermission, string> = {
  "permission-shape": "Not a permission. It looks like catalog.sources:read.",
  "permission-long": "Longer than the 100 characters a permission may have.",
  "permission-of-foyer":
    "Looks like one of Foyer's own permissions. Tick it above, or give yours another first word.",
};

type WriteRefusal = "rights-lost" | "above-you" | "name-taken";

const WRITE_MESSAGES: Messages<WriteRefusal> = {
  "rights-lost": "You lost the permission policies:manage meanwhile. An Owner or Admin can give it back.",
  "above-you":
    "A policy can hold only what you hold yourself, and your own product's permissions only with roles:assign. Take out the rest, or ask an Owner or Admin.",
  "name-taken": "Another access policy has this name already. Choose another one.",
};

export type CreatePolicyRefusal = WriteRefusal | "too-many";

export const CREATE_POLICY_MESSAGES: Messages<CreatePolicyRefusal> = {
  ...WRITE_MESSAGES,
  "too-many": ({ most }) => `An organization has at most ${most} access policies. Delete one first.`,
};

/** Why a policy stays as it is, whatever was wanted of it. */
export type KeptPolicy = "built-in" | "above-you";

export const KEPT_POLICY_MESSAGES: Record<KeptPolicy, string> = {
  "built-in": "Built-in policies stay as they are",
  "above-you": "It grants more than you hold yourself",
};

/** Why an existing policy is neither changed nor deleted. */
export type ExistingRefusal = KeptPolicy | "rights-lost" | "policy-gone" | "changed-meanwhile";

const EXISTING_MESSAGES: Messages<ExistingRefusal> = {
  "rights-lost": WRITE_MESSAGES["rights-lost"],
  "built-in": "Built-in policies stay as they are. Make one of your own instead.",
  "above-you":
    "This policy grants more than you hold yourself, so only somebody who holds as much can do this.",
  "policy-gone": "This access policy does not exist any more. Reload the page to see those there are.",
  "changed-meanwhile":
    "Somebody has changed this access policy meanwhile. Close this and look at it again before you decide.",
};

export type ChangePolicyRefusal = ExistingRefusal | WriteRefusal | "own-policy";

export const CHANGE_POLICY_MESSAGES: Messages<ChangePolicyRefusal> = {
  ...EXISTING_MESSAGES,
  ...WRITE_MESSAGES,
  "own-policy":
    "You have this policy yourself, so you cannot add to it what you do not hold. Somebody else who manages policies can.",
};

export type DeletePolicyRefusal = ExistingRefusal;

export const DELETE_POLICY_MESSAGES: Messages<DeletePolicyRefusal> = EXISTING_MESSAGES;
