import Link from "next/link";
import type { ReactNode } from "react";
import { AccountMenu } from "@/components/shell/account-menu";
import { Mark } from "@/components/shell/mark";
import { type NavItem, NavLinks } from "@/components/shell/nav-links";
import { OrganizationSwitch } from "@/components/shell/organization-switch";
import { type Command, Shortcuts } from "@/components/shell/shortcuts";
import { ShowCurrent } from "@/components/ui/show-current";
import { ToastProvider } from "@/components/ui/toast";
import { TooltipLayer } from "@/components/ui/tooltip";
import type { OwnOrganization } from "@/lib/organizations/queries";

export type ShellProps = {
  organization: { name: string; slug: string };
  /** All that the person is in, this one too. */
  organizations: readonly OwnOrganization[];
  /** May they make another one? */
  mayMake: boolean;
  nav: readonly NavItem[];
  account: { name: string; email: string };
  /** The form that signs out; its button takes `className="account-item"`. */
  signOut: ReactNode;
  /** Pages beside those of `nav` that the command list offers. */
  commands: readonly Command[];
  /** Where New Invitation is, for those who may. */
  invite: string | undefined;
  children: ReactNode;
};

/**
 * The frame of the admin: organization and pages on the left, or above where the window is narrow, where the pages
 * stay in sight as a bar that scrolls by itself. Works without JavaScript.
 */
export function Shell(props: ShellProps) {
  const { organization, organizations, mayMake, nav, commands, invite, account, signOut, children } = props;
  return (
    <ToastProvider>
      <a className="skip" href="#main">
        Skip to content
      </a>
      <div className="shell">
        <header className="shell-side">
          <div className="shell-stick">
            <div className="shell-top">
              <Link className="shell-organization" href={`/o/${organization.slug}`} prefetch={false}>
                <Mark />
                <span>{organization.name}</span>
              </Link>
              {organizations.length > 1 || mayMake ? (
                <OrganizationSwitch
                  current={organization.slug}
                  organizations={organizations}
                  links={mayMake ? <MenuLink href="/organizations/new">Make an organization</MenuLink> : null}
                />
              ) : null}
            </div>
            <nav className="shell-nav" aria-label="Main">
              <NavLinks items={nav} />
              <ShowCurrent />
            </nav>
            <AccountMenu
              account={account}
              signOut={signOut}
              links={
                <>
                  <MenuLink href="/account">Your account</MenuLink>
                  <Shortcuts commands={[...nav, ...commands]} invite={invite} />
                </>
              }
            />
          </div>
        </header>
        <main id="main" className="shell-main" tabIndex={-1}>
          {children}
        </main>
      </div>
      <TooltipLayer />
    </ToastProvider>
  );
}

function MenuLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link href={href} prefetch={false} className="account-item">
      {children}
    </Link>
  );
}
