import type { Metadata } from "next";
import { PoliciesScreen } from "@/components/policies/policies-screen";
import { actorAt } from "@/lib/auth/gate";
import { isPermission } from "@/lib/permissions/permissions";
import { listPolicies } from "@/lib/policies/queries";

export const metadata: Metadata = { title: "Access policies" };

/** Every access policy with what it grants and how many have it; made, changed and deleted here (REQ-G2). */
export default async function Policies({ params }: PageProps<"/o/[organization]/admin/policies">) {
  const { organization } = await params;
  const actor = await actorAt(organization, "/policies");
  return (
    <PoliciesScreen
      organization={actor.organization.slug}
      rows={await listPolicies(actor)}
      held={[...actor.permissions].filter(isPermission)}
    />
  );
}
