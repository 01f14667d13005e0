import type { Metadata } from "next";
import Link from "next/link";
import { LogOutForm } from "@/components/accounts/log-out-form";
import { SendAgain } from "@/components/accounts/send-again";
import { LeaveButton } from "@/components/members/leave-button";
import { PublicPage } from "@/components/ticket/public-page";
import { Ticket, TicketActions } from "@/components/ticket/ticket";
import { buttonClass } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { memberAt } from "@/lib/auth/gate";
import { navigationOf } from "@/lib/auth/pages";
import { findOwnPlace } from "@/lib/members/queries/own-place";
import { hasProvider, listOrganizations } from "@/lib/organizations/queries";
import { ROLE_NAMES } from "@/lib/permissions/roles";

export const metadata: Metadata = { title: "You are in" };

/** Where members land (REQ-D3): you are in, what you may do, and who can give more. */
export default async function OrganizationHome({ params }: PageProps<"/o/[organization]">) {
  const { organization } = await params;
  const actor = await memberAt(organization);
  const [place, all] = await Promise.all([findOwnPlace(actor), listOrganizations(actor.accountId)]);
  const { name, slug } = actor.organization;
  const [first] = navigationOf(slug, actor.permissions);
  const others = all.length > 1;
  return (
    <PublicPage name={name}>
      <Ticket
        lead={actor.email}
        title={`You are in ${name}`}
        stub={
          <div className="flex flex-wrap gap-2">
            <Link className={buttonClass()} href="/account" prefetch={false}>
              Your account
            </Link>
            {others ? (
              <Link className={buttonClass()} href="/" prefetch={false}>
                Switch organization
              </Link>
            ) : null}
            <LogOutForm />
            <LeaveButton organization={actor.organization} isLastOwner={place.isLastOwner} />
          </div>
        }
      >
        {place.confirmed ? null : (
          <Notice tone="warn" title="Address not confirmed">
            A letter for {actor.email} asks you to confirm it. Until you press its button, or an Owner of{" "}
            {name} vouches for your address, you have the rights of a Member.
            <SendAgain account={{ id: actor.accountId, email: actor.email }} isMailed={hasProvider()} />
          </Notice>
        )}
        <p>
          Your role is <strong>{ROLE_NAMES[place.role]}</strong>.{" "}
          {place.policies.length > 0
            ? `Your access policies: ${place.policies.join(", ")}.`
            : place.role === "member" || !place.confirmed
              ? "You have no access policies yet."
              : "It holds every permission here, so you need no access policies."}
        </p>
        {place.helpers.length > 0 ? <p>Who can give you more: {place.helpers.join(", ")}.</p> : null}
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
