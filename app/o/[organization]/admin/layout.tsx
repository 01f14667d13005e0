import { LogOutForm } from "@/components/accounts/log-out-form";
import { RefusalNotice } from "@/components/mail/refusal";
import { DemoNotice } from "@/components/settings/demo-notice";
import { Shell } from "@/components/shell/shell";
import { currentOperator } from "@/lib/auth/current";
import { memberAt } from "@/lib/auth/gate";
import { navigationOf, tabsOf } from "@/lib/auth/pages";
import { findRefusal } from "@/lib/mail/queries";
import { findDemo } from "@/lib/organizations/demo";
import { hasProvider, listOrganizations } from "@/lib/organizations/queries";

/** The session's gate and the frame. Each page asks for its own permission. */
export default async function AdminLayout({ params, children }: LayoutProps<"/o/[organization]/admin">) {
  const { organization } = await params;
  const actor = await memberAt(organization);
  const operator = await currentOperator();
  const { slug } = actor.organization;
  const demo = operator ? await findDemo() : null;
  return (
    <Shell
      organization={actor.organization}
      organizations={await listOrganizations(actor.accountId)}
      mayMake={operator !== null}
      nav={[
        ...navigationOf(slug, actor.permissions),
        ...(operator && !hasProvider() ? [{ href: "/mailbox", label: "Mailbox" }] : []),
      ]}
      commands={[...tabsOf(slug, actor.permissions), { href: "/account", label: "Your account" }]}
      invite={actor.permissions.has("invitations:create") ? `/o/${slug}/admin/users/invitations` : undefined}
      account={actor}
      signOut={<LogOutForm className="account-item" />}
    >
      {demo ? <DemoNotice name={demo} /> : null}
      <RefusalNotice refusal={await findRefusal(actor, operator)}>{children}</RefusalNotice>
    </Shell>
  );
}
