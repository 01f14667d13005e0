import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { findJoinInvitation } from "@/app/join/find-invitation";
import { JoinTicket } from "@/components/join/join-ticket";
import { UnavailableInvitation } from "@/components/join/unavailable-invitation";
import { UnknownCode } from "@/components/join/unknown-code";
import { currentAccount } from "@/lib/auth/current";
import { currentTranslation } from "@/lib/i18n/current-translation";
import { ACCEPT_MESSAGES } from "@/lib/invitations/messages";
import { isRequestPending } from "@/lib/requests/queries/pending";
import { translateRefusal } from "@/lib/result/result";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations();
  return { title: t("join.pageTitle") };
}

/**
 * The invitation of a code, or why it is unavailable. A GET changes nothing, so link scanners do no harm
 * (REQ-D2).
 */
export default async function JoinByCode({ params, searchParams }: PageProps<"/join/[code]">) {
  const code = decodeURIComponent((await params).code);
  const { proof } = await searchParams;
  const proofParam = typeof proof === "string" ? proof : undefined;
  const found = await findJoinInvitation(code, proofParam);
  if (!found.ok)
    return <UnknownCode message={translateRefusal(await currentTranslation(), ACCEPT_MESSAGES, found)} />;
  const invitation = found.value;
  const account = await currentAccount();
  if (invitation.status !== "pending") {
    const hasRequested = invitation.status === "expired" && (await isRequestPending(invitation));
    return (
      <UnavailableInvitation
        invitation={invitation}
        account={account}
        code={code}
        hasRequested={hasRequested}
      />
    );
  }
  return <JoinTicket invitation={invitation} account={account} code={code} proof={proofParam} />;
}
