import { z } from "zod";
import { organizationInput } from "@/lib/actions/input";
import { messageKey } from "@/lib/i18n/messages";
import {
  MAX_CUSTOM_PERMISSIONS,
  PERMISSIONS,
  pickCustomPermissions,
  validateCustomPermission,
} from "@/lib/permissions/permissions";
import { INVALID_PERMISSION_MESSAGES } from "@/lib/policies/messages";

const name = z
  .string(messageKey("admin.policies.errors.nameMissing"))
  .trim()
  .min(1, messageKey("admin.policies.errors.nameMissing"))
  .max(100, messageKey("errors.fields.too-long"))
  // Control and format characters are invisible, and PostgreSQL cannot store NUL.
  .regex(/^[^\p{Cc}\p{Cf}]*$/u, messageKey("admin.policies.errors.nameHiddenCharacter"));

/** Foyer's own and custom permissions: sorted, without duplicates. */
const permissions = z
  .array(z.string().trim())
  .max(PERMISSIONS.length + 10 * MAX_CUSTOM_PERMISSIONS)
  .transform((all) => [...new Set(all)].sort())
  .superRefine((all, context) => {
    for (const text of all) {
      const reason = validateCustomPermission(text);
      if (reason) context.addIssue({ code: "custom", message: INVALID_PERMISSION_MESSAGES[reason] });
    }
    if (pickCustomPermissions(all).length > MAX_CUSTOM_PERMISSIONS)
      context.addIssue({
        code: "custom",
        message: messageKey("admin.policies.errors.tooManyCustom"),
        params: { maximum: MAX_CUSTOM_PERMISSIONS },
      });
    if (all.length === 0)
      context.addIssue({
        code: "custom",
        message: messageKey("admin.policies.errors.noPermission"),
      });
  });

export const createPolicyInput = organizationInput.extend({ name, permissions });

const policyRef = organizationInput.extend({ policy: z.uuid() });

/** `version`: the one that the screen showed, to detect concurrent changes. */
export const deletePolicyInput = policyRef.extend({ version: z.int() });

export const updatePolicyInput = deletePolicyInput.extend({ name, permissions });

/** `remaining`: the permissions that the policy would still grant; none if it would be deleted. */
export const policyImpactInput = policyRef.extend({ remaining: z.array(z.string().max(200)).max(1000) });
