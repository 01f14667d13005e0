import { PublicPage } from "@/components/ticket/public-page";
import { Ticket } from "@/components/ticket/ticket";
import { missing } from "@/lib/auth/gate";
import { missingPermission } from "@/lib/policies/messages";

export const metadata = { title: "Not for you yet" };

/** Says which right is missing and who can give it (R A5). */
export default function Forbidden() {
  const { right } = missing();
  return (
    <PublicPage>
      <Ticket title="Not for you yet" stub={<a href="/">Go to the start</a>}>
        <p>
          {right
            ? missingPermission(right.permission, right.organization)
            : "You lack a permission for this. An Owner or Admin of your organization can give it to you."}
        </p>
      </Ticket>
    </PublicPage>
  );
}
