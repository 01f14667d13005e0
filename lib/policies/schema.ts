import { z } from "zod";
import { organizationInput } from "@/lib/actions/input";
import {
  MAX_CUSTOM_PERMISSIONS,
  PERMISSIONS,
  pickCustomPermissions,
  validateCustomPermission,
} from "@/lib/permissions/permissions";
import { INVALID_PERMISSION_MESSAGES } from "@/lib/policies/messages";

const name = z
  .string("Name the policy.")
  .trim()
  .min(1, "Name the policy.")
  .max(100, "A name has at most 100 characters.")
  // Control and format characters are invisible, and PostgreSQL cannot store NUL.
  .regex(/^[^\p{Cc}\p{Cf}]*$/u, "The name holds an invisible character. Type it by hand.");

/** Foyer's own and custom permissions: sorted, without duplicates. */
const permissions = z
  .array(z.string().trim())
  .max(PERMISSIONS.length + 10 * MAX_CUSTOM_PERMISSIONS)
  .transform((all) => [...new Set(all)].sort())
  .superRefine((all, context) => {
    for (const text of all) {
      const reason = validateCustomPermission(text);
      const message = reason && `${text.slice(0, 40)}: ${INVALID_PERMISSION_MESSAGES[reason]}`;
      if (message) context.addIssue({ code: "custom", message });
    }
    if (pickCustomPermissions(all).length > MAX_CUSTOM_PERMISSIONS)
      context.addIssue({
        code: "custom",
        message: `A policy holds at most ${MAX_CUSTOM_PERMISSIONS} permissions of your own product.`,
      });
    if (all.length === 0)
      context.addIssue({
        code: "custom",
        message: "Choose at least one permission: an empty policy grants nothing.",
      });
  });

export const createPolicyInput = organizationInput.extend({ name, permissions });

const policyRef = organizationInput.extend({ policy: z.uuid() });

/** `version`: the one that the screen showed, to detect concurrent changes. */
export const deletePolicyInput = policyRef.extend({ version: z.int() });

export const updatePolicyInput = deletePolicyInput.extend({ name, permissions });

/** `remaining`: the permissions that the policy would still grant; none if it would be deleted. */
export const policyImpactInput = policyRef.extend({ remaining: z.array(z.string().max(200)).max(1000) });
