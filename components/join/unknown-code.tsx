import { CodeForm } from "@/components/join/code-form";
import { JoinHelp } from "@/components/join/join-help";
import { PublicPage } from "@/components/ticket/public-page";
import { Ticket } from "@/components/ticket/ticket";

/** The page of an unknown code or too many attempts: a neutral message and the form to try again (REQ-D6). */
export function UnknownCode({ message }: { message: string }) {
  return (
    <PublicPage foot={<JoinHelp />}>
      <Ticket title="This code opens nothing">
        <p>{message}</p>
        <p>
          If you followed a link, part of it may be missing. Open it again from the email, or enter the code.
        </p>
        <CodeForm />
      </Ticket>
    </PublicPage>
  );
}
