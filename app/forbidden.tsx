import Link from "next/link";
import { PublicPage } from "@/components/ticket/public-page";
import { Ticket } from "@/components/ticket/ticket";
import { currentActor } from "@/lib/auth/current";
import { addressHere } from "@/lib/auth/gate";
import { readAdminPath } from "@/lib/auth/pages";
import { missingPermission } from "@/lib/permissions/messages";

export const metadata = { title: "Not for you yet" };

/** Says which right is missing and who can give it (REQ-A5). The page that was asked for is known from its address alone. */
export default async function Forbidden() {
  const asked = readAdminPath(await addressHere());
  const actor = asked && (await currentActor(asked.slug));
  return (
    <PublicPage>
      <Ticket title="Not for you yet" stub={<Link href="/">Go to the start</Link>}>
        <p>
          {asked && actor
            ? missingPermission(asked.permission, actor.organization.name)
            : "You lack a permission for this. An Owner or Admin of your organization can give it to you."}
        </p>
      </Ticket>
    </PublicPage>
  );
}
