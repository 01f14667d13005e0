import { LogOutForm } from "@/components/accounts/log-out-form";
import { DemoNotice } from "@/components/settings/demo-notice";
import { Shell } from "@/components/shell/shell";
import { currentOperator } from "@/lib/auth/current";
import { memberAt } from "@/lib/auth/gate";
import { PAGE_PERMISSIONS } from "@/lib/auth/pages";
import { findDemo } from "@/lib/organizations/demo";
import { hasProvider } from "@/lib/organizations/queries";

/** Pages that the nav does not name. */
const COMMANDS = [
  { page: "/users/invitations", label: "Invitations" },
  { page: "/users/requests", label: "Invitation requests" },
] as const;

/** The session's gate and the frame. Each page asks for its own permission. */
export default async function AdminLayout({ params, children }: LayoutProps<"/o/[organization]/admin">) {
  const { organization } = await params;
  const actor = await memberAt(organization);
  const operator = await currentOperator();
  const demo = operator ? await findDemo() : null;
  const base = `/o/${actor.organization.slug}/admin`;
  return (
    <Shell
      organization={actor.organization}
      nav={[
        { href: `${base}/users`, label: "Users" },
        ...(operator && !hasProvider() ? [{ href: "/mailbox", label: "Mailbox" }] : []),
      ]}
      commands={COMMANDS.filter(({ page }) => actor.permissions.has(PAGE_PERMISSIONS[page])).map(
        ({ page, label }) => ({ label, href: base + page }),
      )}
      invite={actor.permissions.has("invitations:create") ? `${base}/users/invitations` : undefined}
      account={actor}
      signOut={<LogOutForm className="account-item" />}
    >
      {demo ? <DemoNotice name={demo} /> : null}
      {children}
    </Shell>
  );
}
