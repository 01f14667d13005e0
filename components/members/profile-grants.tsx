import styles from "@/components/members/profile-grants.module.css";
import panelStyles from "@/components/ui/panel.module.css";
import type { Profile } from "@/lib/admin/queries/profile";
import type { UserStatus } from "@/lib/members/status";
import { effectivePermissions } from "@/lib/permissions/rights";

const LEADS: Record<Exclude<UserStatus, "removed">, string> = {
  active: "What they may do here, and where each permission comes from.",
  blocked: "What they may do again once they are unblocked. While blocked they have no access.",
  invited: "What they may do once they have joined, and where each permission comes from.",
  expired: "What they may do once they have joined by a new invitation.",
};

/** The user's permissions with their sources: the role, or policies (REQ-F2). */
export function ProfileGrants({ profile }: { profile: Profile }) {
  const { user, policies } = profile;
  if (user.status === "removed") return null;
  const assigned = policies.filter((policy) => policy.isAssigned);
  const grants = effectivePermissions(user.role, assigned);
  return (
    <section className={panelStyles.panel} aria-labelledby="profile-grants">
      <h2 id="profile-grants">Permissions</h2>
      {grants.length === 0 ? (
        <p>None. As a Member without access policies they belong to the organization and manage nothing.</p>
      ) : (
        <>
          <p className={panelStyles.intro}>{LEADS[user.status]}</p>
          <ul className={styles.grants}>
            {grants.map(({ sources, permissions }) => (
              <li key={sources.join()}>
                <p>From {sources.join(" and ")}</p>
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
