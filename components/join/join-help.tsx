import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { senderAddress } from "@/lib/mail/provider";

type Props = {
  inviterName: string | null;
  supportAddress: string | null;
  /** True while the invitation can be accepted. */
  isPending?: boolean;
};

/** Help on the page of an invitation: whom to ask (REQ-D7). */
export function JoinHelp({ inviterName, supportAddress, isPending = false }: Props) {
  const t = useTranslations();
  return (
    <>
      <p>
        <WhomToAsk inviterName={inviterName} supportAddress={supportAddress} />
      </p>
      {isPending ? <p>{t("join.help.notYou")}</p> : null}
    </>
  );
}

function WhomToAsk({ inviterName: inviter, supportAddress: support }: Props): ReactNode {
  const t = useTranslations();
  const name = (text: ReactNode) => <bdi>{text}</bdi>;
  if (inviter && support) return t.rich("join.help.askInviterOrSupport", { inviter, support, name });
  if (inviter) return t.rich("join.help.askInviter", { inviter, name });
  return support ? t("join.help.askSomeoneOrSupport", { support }) : t("join.help.askSomeone");
}

/** Help for a person who looks for their email: the spam folder and the sender's address (REQ-D7). */
export function MissingEmailHelp() {
  const t = useTranslations();
  const sender = senderAddress();
  return <p>{sender ? t("join.help.missingEmailFrom", { sender }) : t("join.help.missingEmail")}</p>;
}
