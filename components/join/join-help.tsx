import { senderAddress } from "@/lib/mail/provider";

type Props = { inviterName?: string | null; supportAddress?: string | null };

/** Help on every page of joining: the spam folder, the sender's address, the person to ask (REQ-D7). */
export function JoinHelp({ inviterName, supportAddress }: Props) {
  const sender = senderAddress();
  return (
    <>
      <p>
        Can't find the email? Check your spam folder{sender ? ` for one from ${sender}` : ""}. Questions? Ask{" "}
        {inviterName ?? "the person who invited you"}
        {supportAddress ? ` or write to ${supportAddress}` : ""}.
      </p>
      <p>Not meant for you? Then leave this page: looking changes nothing.</p>
    </>
  );
}
