import { z } from "zod";
import { inOrganization } from "@/lib/actions/input";
import { badPermission, MOST_OWN_PERMISSIONS, ownOf, PERMISSIONS } from "@/lib/permissions/permissions";
import { BAD_PERMISSION_MESSAGES } from "@/lib/policies/messages";

const name = z
  .string("Name the policy.")
  .trim()
  .min(1, "Name the policy.")
  .max(100, "A name has at most 100 characters.")
  // PostgreSQL refuses one of them, and nobody sees the others.
  .regex(/^[^\p{Cc}\p{Cf}]*$/u, "The name holds an invisible character. Type it by hand.");

/** Foyer's own, and free strings of the organization's product: each once, in order. */
const permissions = z
  .array(z.string().trim())
  .max(PERMISSIONS.length + 10 * MOST_OWN_PERMISSIONS)
  .transform((all) => [...new Set(all)].sort())
  .superRefine((all, context) => {
    for (const text of all) {
      const bad = badPermission(text);
      const message = bad && `${text.slice(0, 40)}: ${BAD_PERMISSION_MESSAGES[bad]}`;
      if (message) context.addIssue({ code: "custom", message });
    }
    if (ownOf(all).length > MOST_OWN_PERMISSIONS)
      context.addIssue({
        code: "custom",
        message: `A policy holds at most ${MOST_OWN_PERMISSIONS} permissions of your own product.`,
      });
    if (all.length === 0)
      context.addIssue({
        code: "custom",
        message: "Choose at least one permission: an empty policy grants nothing.",
      });
  });

export const createPolicyInput = inOrganization.extend({ name, permissions });

const policyRef = inOrganization.extend({ policy: z.uuid() });

/** `version`: the one that was looked at, so that a change in between is noticed. */
export const deletePolicyInput = policyRef.extend({ version: z.int() });

export const changePolicyInput = deletePolicyInput.extend({ name, permissions });

/** What would become of a policy: what it would still hold; nothing, if it is to be deleted. */
export const policyLossesInput = policyRef.extend({ keeps: z.array(z.string().max(200)).max(1000) });
