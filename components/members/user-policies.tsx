import CircleDashed from "lucide-react/icons/circle-dashed";
import { useFormatter, useTranslations } from "next-intl";
import styles from "@/components/members/user-policies.module.css";
import type { UserRow } from "@/lib/members/queries/list";
import { lacksPolicies } from "@/lib/members/status";

/** The names of a user's access policies, or that a Member has none (REQ-B8). */
export function UserPolicies({ row }: { row: UserRow }) {
  const t = useTranslations();
  const format = useFormatter();
  if (row.policies.length > 0) return format.list(row.policies, { type: "unit" });
  if (!lacksPolicies(row))
    return (
      <small>
        {t(row.role === "member" ? "admin.users.policies.none" : "admin.users.policies.noneNeeded")}
      </small>
    );
  return (
    <span className={styles.noPolicy}>
      <CircleDashed size={14} aria-hidden />
      {t("admin.users.policies.missing")}
    </span>
  );
}
