import type { Metadata } from "next";
import { Empty } from "@/components/ui/empty";
import { actorAt } from "@/lib/auth/gate";

export const metadata: Metadata = { title: "Invitation requests" };

/** Requests from the login page are off until an organization switches them on. */
export default async function Requests({ params }: PageProps<"/o/[organization]/admin/users/requests">) {
  const { organization } = await params;
  await actorAt(organization, "/users/requests");
  return (
    <Empty title="Requests are off">
      Nobody can ask for an invitation from the login page. You can invite people with New Invitation.
    </Empty>
  );
}
