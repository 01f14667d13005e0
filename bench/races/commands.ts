import { decline } from "@/lib/invitations/commands/decline";
import { invite } from "@/lib/invitations/commands/invite";
import { accept } from "@/lib/invitations/commands/join";
import { renew } from "@/lib/invitations/commands/renew";
import { resend } from "@/lib/invitations/commands/resend";
import { revoke } from "@/lib/invitations/commands/revoke";
import { undoRevoke } from "@/lib/invitations/commands/undo-revoke";
import { deliver } from "@/lib/mail/delivery";
import { block } from "@/lib/members/commands/block";
import { change } from "@/lib/members/commands/change";
import { leave } from "@/lib/members/commands/leave";
import { remove } from "@/lib/members/commands/remove";
import { approve } from "@/lib/requests/commands/approve";
import { confirm } from "@/lib/requests/commands/confirm";
import { dismiss } from "@/lib/requests/commands/dismiss";
import { done } from "@/lib/result/result";
import type { Commands } from "./moves";

/** The moves as the product makes them. */
export const commands: Commands = {
  accept: ({ ip, signedIn, input }) => accept(ip, signedIn, input),
  decline: ({ ip, code }) => decline(ip, null, { code }),
  invite: ({ actor, addresses }) => invite(actor, { addresses, role: "member", policies: [] }),
  resend: ({ actor, invitation }) => resend(actor, { invitation }),
  renew: ({ actor, invitation }) => renew(actor, { invitation }),
  revoke: ({ actor, invitation }) => revoke(actor, { invitation }),
  undo: ({ actor, invitation }) => undoRevoke(actor, { invitation }),
  approve: ({ actor, request }) => approve(actor, { request, role: "member", policies: [] }),
  dismiss: ({ actor, request }) => dismiss(actor, { request }),
  confirm: ({ ip, code }) => confirm(ip, code),
  change: ({ actor, member, role, version }) => change(actor, { member, role, policies: [], version }),
  block: ({ actor, member }) => block(actor, { member }),
  remove: ({ actor, member }) => remove(actor, { member }),
  leave: ({ actor }) => leave(actor),
  deliver: async ({ batch }) => done(await deliver({ batch })),
};
