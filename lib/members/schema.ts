import { z } from "zod";
import { bulkInput, organizationInput } from "@/lib/actions/input";
import { LOCALES } from "@/lib/i18n/locales";
import { ROLES } from "@/lib/permissions/roles";

export const memberRef = organizationInput.extend({ member: z.uuid() });

const access = { role: z.enum(ROLES), policies: z.array(z.uuid()).max(50) };

export const updateMemberInput = memberRef.extend({
  ...access,
  /** The version that the screen showed, to detect concurrent changes. */
  version: z.int().min(1),
});

export const bulkRoleInput = bulkInput.extend({ role: z.enum(ROLES) });

export const bulkPolicyInput = bulkInput.extend({ policy: z.uuid() });

export const inviteAgainInput = memberRef.extend({ ...access, language: z.enum(LOCALES).optional() });

/** `typed`: the confirmation, which is the user's name, or the address of a user without a name. */
export const eraseMemberInput = memberRef.extend({ typed: z.string().max(300) });
