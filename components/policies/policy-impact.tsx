import { useTranslations } from "next-intl";
import styles from "@/components/policies/policy-impact.module.css";
import { Notice } from "@/components/ui/notice";
import type { Translator } from "@/lib/i18n/messages";
import { isPermission } from "@/lib/permissions/permissions";
import type { PermissionImpact } from "@/lib/policies/queries";

/**
 * Who loses which permissions by changing or deleting a policy (REQ-G2); null if there are too many people to
 * count.
 */
export function PolicyImpact({ impacts }: { impacts: readonly PermissionImpact[] | null }) {
  const t = useTranslations();
  if (!impacts)
    return (
      <Notice tone="warn" announce title={t("admin.policies.impact.uncountedTitle")}>
        {t("admin.policies.impact.uncounted")}
      </Notice>
    );
  if (impacts.length === 0)
    return (
      <Notice announce title={t("admin.policies.impact.noneTitle")}>
        {t("admin.policies.impact.unassigned")}
      </Notice>
    );
  const isAnyLost = impacts.some(({ losing }) => losing > 0);
  return (
    <Notice
      tone={isAnyLost ? "warn" : "info"}
      announce
      title={isAnyLost ? t("admin.policies.impact.title") : t("admin.policies.impact.noneTitle")}
    >
      <ul className={styles.impact}>
        {impacts.map((impact) => (
          <li key={impact.permission}>{describeImpact(t, impact)}</li>
        ))}
      </ul>
    </Notice>
  );
}

/** "9 people lose “Invite people”. 3 others keep it through another policy or role." */
function describeImpact(
  t: Translator,
  { permission, losing, keeping, includesYou }: PermissionImpact,
): string {
  const label = isPermission(permission) ? t(`admin.permissions.label.${permission}`) : permission;
  const values = { permission: label, losing, keeping };
  if (losing === 0) return t("admin.policies.impact.keep", values);
  if (includesYou)
    return keeping > 0
      ? t("admin.policies.impact.youLoseOthersKeep", values)
      : t("admin.policies.impact.youLose", values);
  return keeping > 0
    ? t("admin.policies.impact.loseOthersKeep", values)
    : t("admin.policies.impact.lose", values);
}
