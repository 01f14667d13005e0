import Link from "next/link";
import { redirect } from "next/navigation";
import { LogOutForm } from "@/components/accounts/log-out-form";
import { Offers } from "@/components/join/offers";
import { PublicPage } from "@/components/ticket/public-page";
import { Ticket } from "@/components/ticket/ticket";
import { currentAccount, currentActor } from "@/lib/auth/current";
import { accountHere } from "@/lib/auth/gate";
import { listOffers } from "@/lib/invitations/queries/offers";
import { ROLE_NAMES } from "@/lib/members/roles";
import { listOrganizations } from "@/lib/organizations/queries";
import { isSetupOpen } from "@/lib/organizations/setup";

/** Leads to setup, login, the only organization, or a chooser; invitations that wait come first (R D3, F5). */
export default async function Home() {
  if (!(await currentAccount()) && (await isSetupOpen())) redirect("/setup");
  const account = await accountHere();
  const organizations = await listOrganizations(account.accountId);
  const offers = await listOffers(account);
  const [only] = organizations;
  if (only && organizations.length === 1 && offers.length === 0) {
    const actor = await currentActor(only.slug);
    redirect(actor?.permissions.has("users:read") ? `/o/${only.slug}/admin/users` : `/o/${only.slug}`);
  }
  return (
    <PublicPage>
      <Ticket lead={account.email} title={titleOf(organizations.length, offers.length)} stub={<LogOutForm />}>
        {offers.length > 0 ? <Offers offers={offers} /> : null}
        {only ? (
          <ul className="stack">
            {organizations.map(({ slug, name, role }) => (
              <li key={slug}>
                <Link href={`/o/${slug}`} prefetch={false}>
                  {name}
                </Link>{" "}
                <span>{ROLE_NAMES[role]}</span>
              </li>
            ))}
          </ul>
        ) : offers.length > 0 ? null : (
          <p>
            Somebody who manages an organization can invite {account.email}. If you have a code, you can{" "}
            <Link href="/join">type it here</Link>.
          </p>
        )}
      </Ticket>
    </PublicPage>
  );
}

function titleOf(organizations: number, offers: number): string {
  if (offers > 0) return offers === 1 ? "You are invited" : "You have invitations";
  return organizations > 0 ? "Choose an organization" : "You are in no organization";
}
