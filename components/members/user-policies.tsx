import CircleDashed from "lucide-react/icons/circle-dashed";
import styles from "@/components/members/user-policies.module.css";
import type { UserRow } from "@/lib/members/queries/list";
import { lacksPolicies, NO_POLICY } from "@/lib/members/status";

/** The names of a user's access policies, or that a Member has none (REQ-B8). */
export function UserPolicies({ row }: { row: UserRow }) {
  if (row.policies.length > 0) return row.policies.join(", ");
  if (!lacksPolicies(row)) return <small>{row.role === "member" ? "None" : "None needed"}</small>;
  return (
    <span className={styles.noPolicy}>
      <CircleDashed size={14} aria-hidden />
      {NO_POLICY}
    </span>
  );
}
