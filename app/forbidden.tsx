import Link from "next/link";
import { PublicPage } from "@/components/ticket/public-page";
import { Ticket } from "@/components/ticket/ticket";
import { parseAdminPath } from "@/lib/auth/admin-pages";
import { currentActor } from "@/lib/auth/current";
import { currentUrlPath } from "@/lib/auth/guards";
import { missingPermissionMessage } from "@/lib/permissions/messages";

export const metadata = { title: "Not for you yet" };

/** Says which permission is missing and who can grant it (REQ-A5). Next passes no props, so the page is parsed from the URL. */
export default async function Forbidden() {
  const page = parseAdminPath(await currentUrlPath());
  const actor = page && (await currentActor(page.slug));
  return (
    <PublicPage>
      <Ticket title="Not for you yet" stub={<Link href="/">Back to Foyer</Link>}>
        <p>
          {page && actor
            ? missingPermissionMessage(page.permission, actor.organization.name)
            : "You lack a permission for this. An Owner or Admin of your organization can give it to you."}
        </p>
      </Ticket>
    </PublicPage>
  );
}
