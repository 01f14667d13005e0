import { z } from "zod";
import { bulkInput, inOrganization } from "@/lib/actions/input";
import { ROLES } from "@/lib/permissions/roles";

export const memberRef = inOrganization.extend({ member: z.uuid() });

const gift = { role: z.enum(ROLES), policies: z.array(z.uuid()).max(50) };

export const changeInput = memberRef.extend({
  ...gift,
  /** The one the screen showed: somebody else's change meanwhile is noticed by it. */
  version: z.int().min(1),
});

export const bulkRoleInput = bulkInput.extend({ role: z.enum(ROLES) });

export const bulkPolicyInput = bulkInput.extend({ policy: z.uuid() });

export const inviteAgainInput = memberRef.extend(gift);

/** `typed`: the name of who is to be erased, or the address. */
export const eraseInput = memberRef.extend({ typed: z.string().max(300) });
