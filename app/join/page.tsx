import type { Metadata } from "next";
import { CodeForm } from "@/components/join/code-form";
import { JoinHelp } from "@/components/join/join-help";
import { PublicPage } from "@/components/ticket/public-page";
import { Ticket } from "@/components/ticket/ticket";

export const metadata: Metadata = { title: "Join" };

/** The page to enter a code that was read out or is in an email (REQ-D5). */
export default function Join() {
  return (
    <PublicPage foot={<JoinHelp />}>
      <Ticket title="Join your organization">
        <p>Enter your invitation code. Capitals, spaces and dashes don't matter.</p>
        <CodeForm />
      </Ticket>
    </PublicPage>
  );
}
