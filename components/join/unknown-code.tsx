import { CodeForm } from "@/components/join/code-form";
import { JoinHelp } from "@/components/join/join-help";
import { PublicPage } from "@/components/ticket/public-page";
import { Ticket } from "@/components/ticket/ticket";

/** A code nobody made, or too many wrong ones: neutral, with the field to try again (REQ-D6). */
export function UnknownCode({ message }: { message: string }) {
  return (
    <PublicPage foot={<JoinHelp />}>
      <Ticket title="This code opens nothing">
        <p>{message}</p>
        <p>
          If you came by a link, it may have been cut: open it from the letter again, or type the code from
          there.
        </p>
        <CodeForm />
      </Ticket>
    </PublicPage>
  );
}
