import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ClientMessages } from "@/components/i18n/client-messages";
import { PoliciesScreen } from "@/components/policies/policies-screen";
import { requirePermission } from "@/lib/auth/guards";
import { isPermission } from "@/lib/permissions/permissions";
import { listPolicies } from "@/lib/policies/queries";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations();
  return { title: t("admin.policies.title") };
}

/** The list of access policies, where they are created, changed and deleted (REQ-G2). */
export default async function Policies({ params }: PageProps<"/o/[organization]/admin/policies">) {
  const { organization } = await params;
  const actor = await requirePermission(organization, "/policies");
  return (
    <ClientMessages namespaces={["admin.table", "admin.policies", "admin.permissions"]}>
      <PoliciesScreen
        organization={actor.organization.slug}
        rows={await listPolicies(actor)}
        grantable={[...actor.permissions].filter(isPermission)}
      />
    </ClientMessages>
  );
}
