import type { Metadata } from "next";
import { CodeButton } from "@/components/requests/code-button";
import { PublicPage } from "@/components/ticket/public-page";
import { SupportLine } from "@/components/ticket/support-line";
import { Ticket } from "@/components/ticket/ticket";
import { clientIp } from "@/lib/actions/define-action";
import { CONFIRM_REQUEST_MESSAGES } from "@/lib/requests/messages";
import { type FoundRequest, findByLink } from "@/lib/requests/queries/by-code";
import { messageFor } from "@/lib/result/result";

export const metadata: Metadata = { title: "Confirm your request" };

/** Where the letter of a request leads (REQ-E2). Looking changes nothing, however often a scanner does it. */
export default async function ConfirmRequest({ params }: PageProps<"/request/[code]">) {
  const code = decodeURIComponent((await params).code);
  const found = await findByLink(await clientIp(), code);
  if (!found.ok)
    return (
      <PublicPage>
        <Ticket title="This link opens nothing" stub={<a href="/">Go to the start</a>}>
          <p>{messageFor(CONFIRM_REQUEST_MESSAGES, found)}</p>
        </Ticket>
      </PublicPage>
    );
  const { organization, email, standing } = found.value;
  return (
    <PublicPage name={organization.name} foot={<SupportLine address={organization.supportAddress} />}>
      <Ticket lead={email} title={TITLES[standing]}>
        <p>{words(found.value)}</p>
        {standing === "waits" ? <CodeButton code={code} to="confirm" /> : null}
      </Ticket>
    </PublicPage>
  );
}

const TITLES: Record<FoundRequest["standing"], string> = {
  waits: "Confirm your request",
  confirmed: "Your request is confirmed",
  off: "Requests are off",
};

function words({ organization, standing }: FoundRequest): string {
  switch (standing) {
    case "waits":
      return `Press the button to confirm that you ask for an invitation to ${organization.name}.`;
    case "confirmed":
      return `Whoever invites people to ${organization.name} sees it. If you are invited, a letter comes to this address.`;
    case "off":
      return `${organization.name} takes no requests any more, so nobody will see yours. If you know somebody there, ask them to invite you.`;
  }
}
