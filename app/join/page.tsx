import type { Metadata } from "next";
import { CodeForm } from "@/components/join/code-form";
import { JoinHelp } from "@/components/join/join-help";
import { PublicPage } from "@/components/ticket/public-page";
import { Ticket } from "@/components/ticket/ticket";

export const metadata: Metadata = { title: "Join" };

/** For a code that was read aloud or typed off a letter (REQ-D5). */
export default function Join() {
  return (
    <PublicPage foot={<JoinHelp />}>
      <Ticket title="Join your organization">
        <p>Type the code of your invitation. Small and large letters, spaces and dashes do not matter.</p>
        <CodeForm />
      </Ticket>
    </PublicPage>
  );
}
