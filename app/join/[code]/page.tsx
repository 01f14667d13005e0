import type { Metadata } from "next";
import { DeadInvitation } from "@/components/join/dead-invitation";
import { LiveInvitation } from "@/components/join/live-invitation";
import { UnknownCode } from "@/components/join/unknown-code";
import { clientIp } from "@/lib/actions/define-action";
import { currentAccount } from "@/lib/auth/current";
import { ACCEPT_MESSAGES } from "@/lib/invitations/messages";
import { findByCode } from "@/lib/invitations/queries/by-code";
import { findAsked } from "@/lib/requests/queries/asked";
import { messageFor } from "@/lib/result/result";

export const metadata: Metadata = { title: "Join" };

/** What the code opens, or what became of it. Looking changes nothing, however often a scanner does it (REQ-D2). */
export default async function JoinByCode({ params, searchParams }: PageProps<"/join/[code]">) {
  const code = decodeURIComponent((await params).code);
  const { proof } = await searchParams;
  const shown = typeof proof === "string" ? proof : undefined;
  const found = await findByCode(await clientIp(), code, shown);
  if (!found.ok) return <UnknownCode message={messageFor(ACCEPT_MESSAGES, found)} />;
  const invitation = found.value;
  const account = await currentAccount();
  if (invitation.status !== "pending") {
    const hasAsked = invitation.status === "expired" && (await findAsked(invitation));
    return <DeadInvitation invitation={invitation} account={account} code={code} hasAsked={hasAsked} />;
  }
  return <LiveInvitation invitation={invitation} account={account} code={code} proof={shown} />;
}
