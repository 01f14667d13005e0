import styles from "@/components/policies/policy-impact.module.css";
import { Notice } from "@/components/ui/notice";
import type { PermissionImpact } from "@/lib/policies/queries";

/**
 * Who loses which permissions by changing or deleting a policy (REQ-G2); null if there are too many people to
 * count.
 */
export function PolicyImpact({ impacts }: { impacts: readonly PermissionImpact[] | null }) {
  if (!impacts)
    return (
      <Notice tone="warn" announce title="Many people lose permissions">
        So many have this policy that counting takes too long.
      </Notice>
    );
  if (impacts.length === 0)
    return (
      <Notice announce title="No one is affected">
        No one has this policy.
      </Notice>
    );
  const isAnyLost = impacts.some(({ losing }) => losing > 0);
  return (
    <Notice
      tone={isAnyLost ? "warn" : "info"}
      announce
      title={isAnyLost ? "Who loses what" : "No one is affected"}
    >
      <ul className={styles.impact}>
        {impacts.map((impact) => (
          <li key={impact.permission}>{describeImpact(impact)}</li>
        ))}
      </ul>
    </Notice>
  );
}

/** "9 people lose invitations:create; 3 more keep it by another policy or role." */
function describeImpact({ permission, losing, keeping, includesYou }: PermissionImpact): string {
  const keep = keeping === 1 ? "1 person keeps" : `${formatCount(keeping)} people keep`;
  if (losing === 0) return `${keep} ${permission} by another policy or role.`;
  const lose = losing === 1 ? "1 person loses" : `${formatCount(losing)} people lose`;
  const others =
    keeping > 0
      ? `; ${formatCount(keeping)} more ${keeping === 1 ? "keeps" : "keep"} it by another policy or role`
      : "";
  return `${lose} ${permission}${includesYou ? ", you among them" : ""}${others}.`;
}

function formatCount(count: number): string {
  return count.toLocaleString("en");
}
