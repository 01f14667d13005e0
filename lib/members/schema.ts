import { z } from "zod";
import { inOrganization } from "@/lib/invitations/schema";

export const memberRef = inOrganization.extend({ member: z.uuid() });
