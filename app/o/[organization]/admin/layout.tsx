import { getTranslations } from "next-intl/server";
import { LogOutForm } from "@/components/accounts/log-out-form";
import { ClientMessages } from "@/components/i18n/client-messages";
import { ProviderErrorNotice } from "@/components/mail/provider-error-notice";
import { DemoNotice } from "@/components/settings/demo-notice";
import menuStyles from "@/components/shell/popover-menu.module.css";
import { Shell } from "@/components/shell/shell";
import { navigationLinks, type PageLink, userTabLinks } from "@/lib/auth/admin-pages";
import { currentOperator } from "@/lib/auth/current";
import { requireMember } from "@/lib/auth/guards";
import { findProviderError } from "@/lib/mail/queries";
import { findDemo, hasProvider, listOrganizations } from "@/lib/organizations/queries";

/** Requires a member and renders the shell. Each page checks its own permission. */
export default async function AdminLayout({ params, children }: LayoutProps<"/o/[organization]/admin">) {
  const { organization } = await params;
  const actor = await requireMember(organization);
  const operator = await currentOperator();
  const { slug } = actor.organization;
  const demo = operator ? await findDemo() : null;
  const t = await getTranslations();
  const labelLink = ({ name, href }: PageLink) => ({ href, label: t(`shell.pages.${name}`) });
  return (
    <ClientMessages namespaces={["shell", "admin.delivery", "admin.demo"]}>
      <Shell
        organization={actor.organization}
        organizations={await listOrganizations(actor.accountId)}
        canCreateOrganization={operator !== null}
        nav={[
          ...navigationLinks(slug, actor.permissions).map(labelLink),
          ...(operator && !hasProvider() ? [{ href: "/mailbox", label: t("shell.pages.mailbox") }] : []),
        ]}
        commands={[
          ...userTabLinks(slug, actor.permissions).map(labelLink),
          { href: "/account", label: t("shell.yourAccount") },
        ]}
        invite={
          actor.permissions.has("invitations:create") ? `/o/${slug}/admin/users/invitations` : undefined
        }
        account={actor}
        signOut={<LogOutForm className={menuStyles.item} />}
      >
        {demo ? <DemoNotice name={demo} /> : null}
        <ProviderErrorNotice error={await findProviderError(actor, operator)}>{children}</ProviderErrorNotice>
      </Shell>
    </ClientMessages>
  );
}
