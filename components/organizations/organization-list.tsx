import ChevronRight from "lucide-react/icons/chevron-right";
import Link from "next/link";
import { useTranslations } from "next-intl";
import styles from "@/components/organizations/organization-list.module.css";
import type { OrganizationLink } from "@/lib/organizations/queries";

/** Links to the user's organizations, each with the user's role. */
export function OrganizationList({ organizations }: { organizations: readonly OrganizationLink[] }) {
  const t = useTranslations();
  return (
    <ul className={styles.list}>
      {organizations.map(({ slug, name, role, startUrl }) => (
        <li key={slug}>
          <Link className={styles.link} href={startUrl} prefetch={false}>
            <span>{name}</span>
            <small>{t(`common.roles.${role}`)}</small>
            <ChevronRight size={16} aria-hidden />
          </Link>
        </li>
      ))}
    </ul>
  );
}
