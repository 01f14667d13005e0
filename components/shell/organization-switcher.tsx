import ChevronsUpDown from "lucide-react/icons/chevrons-up-down";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import styles from "@/components/shell/organization-switcher.module.css";
import menuStyles from "@/components/shell/popover-menu.module.css";
import type { OrganizationLink } from "@/lib/organizations/queries";

type Props = {
  current: string;
  organizations: readonly OrganizationLink[];
  /** Further links below the organizations. */
  links?: ReactNode;
};

/**
 * Renders the menu to switch organizations (REQ-F4). A native popover, so that it works without JavaScript.
 * The organization is part of the URL, so each browser tab keeps its own.
 */
export function OrganizationSwitcher({ current, organizations, links }: Props) {
  const t = useTranslations();
  return (
    <>
      <button
        type="button"
        className={styles.button}
        popoverTarget="organizations"
        aria-label={t("shell.switchOrganization")}
        title={t("shell.switchOrganization")}
      >
        <ChevronsUpDown size={16} aria-hidden />
      </button>
      <div id="organizations" popover="auto" className={`${menuStyles.menu} ${styles.switcher}`}>
        <p className={menuStyles.identity}>
          <strong>{t("shell.organizations")}</strong>
        </p>
        <ul>
          {organizations.map(({ slug, name, role, startUrl }) => (
            <li key={slug}>
              <Link
                href={startUrl}
                prefetch={false}
                className={menuStyles.item}
                aria-current={slug === current ? "true" : undefined}
              >
                <span>{name}</span>
                <small>{t(`common.roles.${role}`)}</small>
              </Link>
            </li>
          ))}
        </ul>
        {links}
      </div>
    </>
  );
}
