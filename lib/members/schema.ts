import { z } from "zod";
import { inOrganization } from "@/lib/invitations/schema";

export const memberRef = inOrganization.extend({ member: z.uuid() });

/** `typed`: the name of who is to be erased, or the address. */
export const eraseInput = memberRef.extend({ typed: z.string().max(300) });
