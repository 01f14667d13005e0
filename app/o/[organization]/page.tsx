import type { Metadata } from "next";
import Link from "next/link";
import { LogOutForm } from "@/components/accounts/log-out-form";
import { ResendConfirmation } from "@/components/accounts/resend-confirmation";
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
import { ROLE_NAMES } from "@/lib/permissions/roles";

export const metadata: Metadata = { title: "You are in" };

/** The home page of a member (REQ-D3): role, policies, and who can give more access. */
export default async function OrganizationHome({ params }: PageProps<"/o/[organization]">) {
  const { organization } = await params;
  const actor = await requireMember(organization);
  const [membership, organizations] = await Promise.all([
    findOwnMembership(actor),
    listOrganizations(actor.accountId),
  ]);
  const { name, slug } = actor.organization;
  const [first] = navigationLinks(slug, actor.permissions);
  const hasOthers = organizations.length > 1;
  return (
    <PublicPage name={name}>
      <Ticket
        lead={actor.email}
        title={`You are in ${name}`}
        stub={
          <div className={layoutStyles.row}>
            <Link className={buttonClass()} href="/account" prefetch={false}>
              Your account
            </Link>
            {hasOthers ? (
              <Link className={buttonClass()} href="/" prefetch={false}>
                Switch organization
              </Link>
            ) : null}
            <LogOutForm />
            <LeaveButton organization={actor.organization} isLastOwner={membership.isLastOwner} />
          </div>
        }
      >
        {membership.confirmed ? null : (
          <Notice tone="warn" title="Address not confirmed">
            Confirm your email to get your {ROLE_NAMES[membership.role]} access. We sent a link to{" "}
            {actor.email}. Until then you have Member access.
            <ResendConfirmation
              account={{ id: actor.accountId, email: actor.email }}
              hasEmailProvider={hasProvider()}
            />
          </Notice>
        )}
        <p>
          Your role is <strong>{ROLE_NAMES[membership.role]}</strong>.{" "}
          {membership.policies.length > 0
            ? `Your access policies: ${membership.policies.join(", ")}.`
            : membership.role === "member" || !membership.confirmed
              ? "You have no access policies yet."
              : "It holds every permission here, so you need no access policies."}
        </p>
        {membership.contacts.length > 0 ? (
          <p>Who can give you more: {membership.contacts.join(", ")}.</p>
        ) : null}
        {first ? (
          <TicketActions>
            <Link className={buttonClass("primary")} href={first.href} prefetch={false}>
              Open {first.label}
            </Link>
          </TicketActions>
        ) : null}
      </Ticket>
    </PublicPage>
  );
}
