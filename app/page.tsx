import Link from "next/link";
import { redirect } from "next/navigation";
import { LogOutForm } from "@/components/accounts/log-out-form";
import { PublicPage } from "@/components/ticket/public-page";
import { Ticket } from "@/components/ticket/ticket";
import { currentAccount, currentActor } from "@/lib/auth/current";
import { accountHere } from "@/lib/auth/gate";
import { ROLE_NAMES } from "@/lib/members/roles";
import { listOrganizations } from "@/lib/organizations/queries";
import { isSetupOpen } from "@/lib/organizations/setup";

/** Leads to setup, login, the only organization, or a chooser (R D3). */
export default async function Home() {
  if (!(await currentAccount()) && (await isSetupOpen())) redirect("/setup");
  const account = await accountHere();
  const organizations = await listOrganizations(account.accountId);
  const [only] = organizations;
  if (only && organizations.length === 1) {
    const actor = await currentActor(only.slug);
    redirect(actor?.permissions.has("users:read") ? `/o/${only.slug}/admin/users` : `/o/${only.slug}`);
  }
  return (
    <PublicPage>
      <Ticket
        lead={account.email}
        title={only ? "Choose an organization" : "You are in no organization"}
        stub={<LogOutForm />}
      >
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
        ) : (
          <p>
            Somebody who manages an organization can invite {account.email}. If you have a code, you can{" "}
            <Link href="/join">type it here</Link>.
          </p>
        )}
      </Ticket>
    </PublicPage>
  );
}
