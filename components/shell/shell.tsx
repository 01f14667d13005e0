import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { AccountMenu } from "@/components/shell/account-menu";
import { FoyerLogo } from "@/components/shell/logo";
import { type NavItem, NavLinks } from "@/components/shell/nav-links";
import { OrganizationSwitcher } from "@/components/shell/organization-switcher";
import menuStyles from "@/components/shell/popover-menu.module.css";
import styles from "@/components/shell/shell.module.css";
import { Shortcuts } from "@/components/shell/shortcuts";
import type { Command } from "@/components/shell/shortcuts-dialog";
import { ScrollToCurrent } from "@/components/ui/scroll-to-current";
import { ToastProvider } from "@/components/ui/toast";
import { TooltipLayer } from "@/components/ui/tooltip";
import type { OrganizationLink } from "@/lib/organizations/queries";

export type ShellProps = {
  organization: { name: string; slug: string };
  /** All organizations of the user, including this one. */
  organizations: readonly OrganizationLink[];

  canCreateOrganization: boolean;
  nav: readonly NavItem[];
  account: { name: string; email: string };
  /** The form to log out; its button looks like the items of the account menu. */
  signOut: ReactNode;
  /** Further pages in the command list, besides those of `nav`. */
  commands: readonly Command[];
  /** URL of the page with New Invitation; undefined without permission to invite. */
  invite: string | undefined;
  children: ReactNode;
};

/**
 * Renders the layout of the admin: organization and pages in a sidebar, or above the content in narrow
 * windows, where the pages are a scrolling bar. Works without JavaScript.
 */
export function Shell(props: ShellProps) {
  const t = useTranslations();
  const {
    organization,
    organizations,
    canCreateOrganization,
    nav,
    commands,
    invite,
    account,
    signOut,
    children,
  } = props;
  return (
    <ToastProvider>
      <a className={styles.skipLink} href="#main">
        {t("shell.skip")}
      </a>
      <div className={styles.shell}>
        <header className={styles.sidebar}>
          <div className={styles.sticky}>
            <div className={styles.top}>
              <Link className={styles.organization} href={`/o/${organization.slug}`} prefetch={false}>
                <FoyerLogo />
                <span>{organization.name}</span>
              </Link>
              {organizations.length > 1 || canCreateOrganization ? (
                <OrganizationSwitcher
                  current={organization.slug}
                  organizations={organizations}
                  links={
                    canCreateOrganization ? (
                      <MenuLink href="/organizations/new">{t("shell.newOrganization")}</MenuLink>
                    ) : null
                  }
                />
              ) : null}
            </div>
            <nav className={styles.nav} aria-label={t("shell.navigation")}>
              <NavLinks items={nav} />
              <ScrollToCurrent />
            </nav>
            <AccountMenu
              account={account}
              signOut={signOut}
              links={
                <>
                  <MenuLink href="/account">{t("shell.yourAccount")}</MenuLink>
                  <Shortcuts commands={[...nav, ...commands]} invite={invite} />
                </>
              }
            />
          </div>
        </header>
        <main id="main" className={styles.main} tabIndex={-1}>
          {children}
        </main>
      </div>
      <TooltipLayer />
    </ToastProvider>
  );
}

function MenuLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link href={href} prefetch={false} className={menuStyles.item}>
      {children}
    </Link>
  );
}
