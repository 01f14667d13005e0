import type { Metadata } from "next";
import Link from "next/link";
import { getFormatter, getTranslations } from "next-intl/server";
import { LogOutForm } from "@/components/accounts/log-out-form";
import { ResendConfirmation } from "@/components/accounts/resend-confirmation";
import { ClientMessages } from "@/components/i18n/client-messages";
import { LeaveButton } from "@/components/members/leave-button";
import { PublicPage } from "@/components/ticket/public-page";
import { Ticket, TicketActions } from "@/components/ticket/ticket";
import { buttonClass } from "@/components/ui/button";
import layoutStyles from "@/components/ui/layout.module.css";
import { Notice } from "@/components/ui/notice";
import { navigationLinks } from "@/lib/auth/admin-pages";
import { requireMember } from "@/lib/auth/guards";
import { findOwnMembership } from "@/lib/members/queries/own-membership";
import { hasProvider, listOrganizations } from "@/lib/organizations/queries";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations();
  return { title: t("home.organization.pageTitle") };
}

/** The home page of a member (REQ-D3): role, policies, and who can give more access. */
export default async function OrganizationHome({ params }: PageProps<"/o/[organization]">) {
  const { organization } = await params;
  const actor = await requireMember(organization);
  const [membership, organizations] = await Promise.all([
    findOwnMembership(actor),
    listOrganizations(actor.accountId),
  ]);
  const t = await getTranslations();
  const format = await getFormatter();
  const { name, slug } = actor.organization;
  const { role, policies, contacts } = membership;
  const [first] = navigationLinks(slug, actor.permissions);
  const hasOthers = organizations.length > 1;
  return (
    <PublicPage name={name}>
      <Ticket
        lead={actor.email}
        title={t.rich("home.organization.title", {
          organization: name,
          org: (text) => <bdi>{text}</bdi>,
        })}
        stub={
          <div className={layoutStyles.row}>
            <Link className={buttonClass()} href="/account" prefetch={false}>
              {t("home.organization.account")}
            </Link>
            {hasOthers ? (
              <Link className={buttonClass()} href="/" prefetch={false}>
                {t("home.organization.switch")}
              </Link>
            ) : null}
            <LogOutForm />
            <ClientMessages namespaces={["home"]}>
              <LeaveButton organization={actor.organization} isLastOwner={membership.isLastOwner} />
            </ClientMessages>
          </div>
        }
      >
        {membership.confirmed ? null : (
          <Notice tone="warn" title={t("home.organization.unconfirmed.title")}>
            {t("home.organization.unconfirmed.text", { role, email: actor.email })}
            <ClientMessages namespaces={["accounts"]}>
              <ResendConfirmation
                account={{ id: actor.accountId, email: actor.email }}
                hasEmailProvider={hasProvider()}
              />
            </ClientMessages>
          </Notice>
        )}
        <p>
          {t.rich(
            policies.length > 0
              ? "home.organization.access.policies"
              : role === "member" || !membership.confirmed
                ? "home.organization.access.noPolicies"
                : "home.organization.access.everything",
            {
              role,
              b: (text) => <strong>{text}</strong>,
              policies: () => format.list(policies.map(isolate)),
            },
          )}
        </p>
        {contacts.length > 0 ? (
          <p>
            {t.rich("home.organization.contacts", {
              contacts: () => format.list(contacts.map(isolate), { type: "disjunction" }),
            })}
          </p>
        ) : null}
        {first ? (
          <TicketActions>
            <Link className={buttonClass("primary")} href={first.href} prefetch={false}>
              {t("home.organization.open", { page: t(`shell.pages.${first.name}`) })}
            </Link>
          </TicketActions>
        ) : null}
      </Ticket>
    </PublicPage>
  );
}

/** Isolates the direction of a name in a sentence of another script. */
function isolate(name: string) {
  return <bdi key={name}>{name}</bdi>;
}
