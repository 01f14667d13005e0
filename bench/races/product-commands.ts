import { declineInvitation } from "@/lib/invitations/commands/decline";
import { inviteMembers } from "@/lib/invitations/commands/invite";
import { acceptInvitation } from "@/lib/invitations/commands/join";
import { renewInvitation } from "@/lib/invitations/commands/renew";
import { resendInvitation } from "@/lib/invitations/commands/resend";
import { revokeInvitation } from "@/lib/invitations/commands/revoke";
import { undoRevokeInvitation } from "@/lib/invitations/commands/undo-revoke";
import { sendBatch } from "@/lib/mail/send-batch";
import { blockMember } from "@/lib/members/commands/block";
import { leaveOrganization } from "@/lib/members/commands/leave";
import { removeMember } from "@/lib/members/commands/remove";
import { updateMember } from "@/lib/members/commands/update";
import { approveRequest } from "@/lib/requests/commands/approve";
import { confirmRequest } from "@/lib/requests/commands/confirm";
import { dismissRequest } from "@/lib/requests/commands/dismiss";
import { done } from "@/lib/result/result";
import type { Commands } from "./calls";

/** The product's implementations of the commands. */
export const productCommands: Commands = {
  accept: ({ ip, signedIn, input }) => acceptInvitation(ip, signedIn, input),
  decline: ({ ip, code }) => declineInvitation(ip, null, { code }),
  invite: ({ actor, addresses }) => inviteMembers(actor, { addresses, role: "member", policies: [] }),
  resend: ({ actor, invitation }) => resendInvitation(actor, { invitation }),
  renew: ({ actor, invitation }) => renewInvitation(actor, { invitation }),
  revoke: ({ actor, invitation }) => revokeInvitation(actor, { invitation }),
  undo: ({ actor, invitation }) => undoRevokeInvitation(actor, { invitation }),
  approve: ({ actor, request }) => approveRequest(actor, { request, role: "member", policies: [] }),
  dismiss: ({ actor, request }) => dismissRequest(actor, { request }),
  confirm: ({ ip, code }) => confirmRequest(ip, code),
  change: ({ actor, member, role, version }) => updateMember(actor, { member, role, policies: [], version }),
  block: ({ actor, member }) => blockMember(actor, { member }),
  remove: ({ actor, member }) => removeMember(actor, { member }),
  leave: ({ actor }) => leaveOrganization(actor),
  deliver: async ({ batch }) => done(await sendBatch({ batch })),
};
