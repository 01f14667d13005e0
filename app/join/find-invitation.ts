import { cache } from "react";
import { currentClientIp } from "@/lib/actions/define-action";
import { findInvitationByCode } from "@/lib/invitations/queries/by-code";

/** Returns the invitation of a join page. Cached for the request, because its language is that of the page. */
export const findJoinInvitation = cache(async (code: string, proof: string | undefined) =>
  findInvitationByCode(await currentClientIp(), code, proof),
);
