import type { Metadata } from "next";
import { PoliciesScreen } from "@/components/policies/policies-screen";
import { requirePermission } from "@/lib/auth/guards";
import { isPermission } from "@/lib/permissions/permissions";
import { listPolicies } from "@/lib/policies/queries";

export const metadata: Metadata = { title: "Access policies" };

/** The list of access policies, where they are created, changed and deleted (REQ-G2). */
export default async function Policies({ params }: PageProps<"/o/[organization]/admin/policies">) {
  const { organization } = await params;
  const actor = await requirePermission(organization, "/policies");
  return (
    <PoliciesScreen
      organization={actor.organization.slug}
      rows={await listPolicies(actor)}
      grantable={[...actor.permissions].filter(isPermission)}
    />
  );
}
