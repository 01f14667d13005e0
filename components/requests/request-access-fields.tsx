import { useTranslations } from "next-intl";
import { useState } from "react";
import type { RoleAndPolicies } from "@/components/members/role-and-policy-fields";
import styles from "@/components/requests/request-access-fields.module.css";
import { CheckField, Select } from "@/components/ui/field";
import type { InviteOptions } from "@/lib/admin/queries/invite-options";
import type { Role } from "@/lib/permissions/roles";

type Props = {
  email: string;
  options: InviteOptions;
  value: RoleAndPolicies;
  onChange: (value: RoleAndPolicies) => void;
};

/** Renders the role select of a request and, in a disclosure, its access policies. */
export function RequestAccessFields({ email, options, value, onChange }: Props) {
  const t = useTranslations();
  const [open, setOpen] = useState(false);
  const count = value.policies.length;
  const toggle = (id: string, isSelected: boolean) =>
    onChange({
      ...value,
      policies: isSelected ? [...value.policies, id] : value.policies.filter((other) => other !== id),
    });
  return (
    <div className={styles.access}>
      <Select
        aria-label={t("admin.requests.access.role", { email })}
        value={value.role}
        onChange={(event) => onChange({ ...value, role: event.target.value as Role })}
      >
        {options.roles.map((role) => (
          <option key={role} value={role}>
            {t(`common.roles.${role}`)}
          </option>
        ))}
      </Select>
      <details onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary aria-label={t("admin.requests.access.policiesLabel", { count, email })}>
          {t("admin.requests.access.policies", { count })}
        </summary>
        {open
          ? options.policies.map(({ id, name, isGrantable }) => (
              <CheckField
                key={id}
                label={name}
                hint={isGrantable ? undefined : t("admin.permissions.fields.aboveYou")}
                disabled={!isGrantable}
                checked={value.policies.includes(id)}
                onChange={(event) => toggle(id, event.target.checked)}
              />
            ))
          : null}
      </details>
    </div>
  );
}
