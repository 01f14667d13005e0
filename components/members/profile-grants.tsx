import { useFormatter, useTranslations } from "next-intl";
import styles from "@/components/members/profile-grants.module.css";
import panelStyles from "@/components/ui/panel.module.css";
import type { Profile } from "@/lib/admin/queries/profile";
import { effectivePermissions } from "@/lib/permissions/rights";

/** The user's permissions with their sources: the role, or policies (REQ-F2). */
export function ProfileGrants({ profile }: { profile: Profile }) {
  const t = useTranslations();
  const format = useFormatter();
  const { user, policies } = profile;
  if (user.status === "removed") return null;
  const assigned = policies.filter((policy) => policy.isAssigned);
  const grants = effectivePermissions(user.role, assigned);
  return (
    <section className={panelStyles.panel} aria-labelledby="profile-grants">
      <h2 id="profile-grants">{t("admin.users.profile.permissions.title")}</h2>
      {grants.length === 0 ? (
        <p>{t("admin.users.profile.permissions.none")}</p>
      ) : (
        <>
          <p className={panelStyles.intro}>{t(`admin.users.profile.permissions.${user.status}`)}</p>
          <ul className={styles.grants}>
            {grants.map(({ role, policies: names, permissions }) => (
              <li key={permissions.join()}>
                <p>
                  {t("admin.users.profile.permissions.from", {
                    sources: format.list(
                      role ? [t("admin.users.profile.permissions.fromRole", { role }), ...names] : names,
                      { type: "unit" },
                    ),
                  })}
                </p>
                <span className={styles.permissions}>
                  {permissions.map((permission) => (
                    <code key={permission}>{permission}</code>
                  ))}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
