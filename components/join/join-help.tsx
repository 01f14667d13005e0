import { senderAddress } from "@/lib/mail/provider";

type Props = { inviterName?: string | null; supportAddress?: string | null };

/** Help on every page of joining: the junk folder, the sender's address, whom to ask (REQ-D7). */
export function JoinHelp({ inviterName, supportAddress }: Props) {
  const sender = senderAddress();
  return (
    <>
      <p>
        No letter? Look in your junk folder{sender ? ` for one from ${sender}` : ""}. Questions? Ask{" "}
        {inviterName ?? "whoever invited you"}
        {supportAddress ? ` or write to ${supportAddress}` : ""}.
      </p>
      <p>Not meant for you? Then leave this page: looking changes nothing.</p>
    </>
  );
}
