import { useTranslations } from "next-intl";
import styles from "@/components/policies/permission-checks.module.css";
import { CheckField } from "@/components/ui/field";
import formStyles from "@/components/ui/form.module.css";
import { toggleChoice } from "@/components/ui/toggle-choice";
import { groupByResource, PERMISSIONS, type Permission } from "@/lib/permissions/permissions";

type Props = {
  chosen: readonly Permission[];
  /** The permissions that the actor has; the others are disabled (REQ-A3). */
  grantable: readonly Permission[];
  onChange: (chosen: Permission[]) => void;
};

/** Checkboxes for Foyer's own permissions, grouped by resource. */
export function PermissionChecks({ chosen, grantable, onChange }: Props) {
  const t = useTranslations();
  return (
    <div className={styles.groups}>
      {groupByResource(PERMISSIONS).map(({ resource, permissions }) => (
        <fieldset key={resource} className={formStyles.checkGroup}>
          <legend>{t(`admin.permissions.resource.${resource}`)}</legend>
          {permissions.map((permission) => {
            const isGrantable = grantable.includes(permission);
            return (
              <CheckField
                key={permission}
                label={t(`admin.permissions.label.${permission}`)}
                hint={isGrantable ? <code>{permission}</code> : t("admin.policies.form.notGrantable")}
                disabled={!isGrantable}
                checked={chosen.includes(permission)}
                onChange={(event) =>
                  onChange(toggleChoice(PERMISSIONS, chosen, permission, event.target.checked))
                }
              />
            );
          })}
        </fieldset>
      ))}
    </div>
  );
}
