import type { Metadata } from "next";
import { CodeActionForm } from "@/components/requests/code-action-form";
import { PublicPage } from "@/components/ticket/public-page";
import { SupportLine } from "@/components/ticket/support-line";
import { Ticket } from "@/components/ticket/ticket";
import { currentClientIp } from "@/lib/actions/define-action";
import { CONFIRM_REQUEST_MESSAGES } from "@/lib/requests/messages";
import { findRequestByLink, type LinkedRequest } from "@/lib/requests/queries/by-link";
import { messageFor } from "@/lib/result/result";

export const metadata: Metadata = { title: "Confirm your request" };

/**
 * The page that the confirmation email of a request links to (REQ-E2). Viewing it changes nothing, so
 * scanners may open it.
 */
export default async function ConfirmRequest({ params }: PageProps<"/request/[code]">) {
  const code = decodeURIComponent((await params).code);
  const found = await findRequestByLink(await currentClientIp(), code);
  if (!found.ok)
    return (
      <PublicPage>
        <Ticket title="This link opens nothing" stub={<a href="/">Back to Foyer</a>}>
          <p>{messageFor(CONFIRM_REQUEST_MESSAGES, found)}</p>
        </Ticket>
      </PublicPage>
    );
  const { organization, email, state } = found.value;
  return (
    <PublicPage name={organization.name} foot={<SupportLine address={organization.supportAddress} />}>
      <Ticket lead={email} title={TITLES[state]}>
        <p>{describeState(found.value)}</p>
        {state === "unconfirmed" ? <CodeActionForm code={code} purpose="confirm" /> : null}
      </Ticket>
    </PublicPage>
  );
}

const TITLES: Record<LinkedRequest["state"], string> = {
  unconfirmed: "Confirm your request",
  confirmed: "Your request is confirmed",
  off: "Requests are off",
};

function describeState({ organization, state }: LinkedRequest): string {
  switch (state) {
    case "unconfirmed":
      return `Press the button to confirm that you ask for an invitation to ${organization.name}.`;
    case "confirmed":
      return `The admins of ${organization.name} can see it now. We'll email you if they invite you.`;
    case "off":
      return `${organization.name} no longer accepts requests. If you know someone there, ask them to invite you.`;
  }
}
