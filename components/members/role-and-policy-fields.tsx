import { useFormatter, useTranslations } from "next-intl";
import { CheckField, SelectField } from "@/components/ui/field";
import formStyles from "@/components/ui/form.module.css";
import { toggleChoice } from "@/components/ui/toggle-choice";
import { isPermission } from "@/lib/permissions/permissions";
import type { Role } from "@/lib/permissions/roles";

/** A role and the ids of access policies, as chosen in the form. */
export type RoleAndPolicies = { role: Role; policies: readonly string[] };

/** `permissions`: what the policy grants, if known. `isDisabled`: it grants more than the actor has. */
export type PolicyOption = { id: string; name: string; permissions?: readonly string[]; isDisabled: boolean };

type Props = {
  roles: readonly Role[];
  policies: readonly PolicyOption[];
  value: RoleAndPolicies;
  onChange: (value: RoleAndPolicies) => void;
  /** Why the role cannot be changed, if so. */
  fixedRoleReason?: string | undefined;
};

/** Fields for the role, with a hint on what it can do, and the access policies, each with what it grants. */
export function RoleAndPolicyFields({ roles, policies, value, onChange, fixedRoleReason }: Props) {
  const t = useTranslations();
  const ids = policies.map(({ id }) => id);
  return (
    <>
      <SelectField
        label={t("admin.permissions.fields.role")}
        hint={fixedRoleReason ?? t(`admin.permissions.roleHint.${value.role}`)}
        value={value.role}
        onChange={(event) => onChange({ ...value, role: event.target.value as Role })}
      >
        {roles.map((role) => (
          <option key={role} value={role}>
            {t(`common.roles.${role}`)}
          </option>
        ))}
      </SelectField>
      <fieldset className={formStyles.checkGroup}>
        <legend>{t("admin.permissions.fields.policies")}</legend>
        {policies.map((policy) => (
          <CheckField
            key={policy.id}
            label={policy.name}
            hint={
              policy.isDisabled
                ? t("admin.permissions.fields.aboveYou")
                : policy.permissions && <PolicyGrants permissions={policy.permissions} />
            }
            disabled={policy.isDisabled}
            checked={value.policies.includes(policy.id)}
            onChange={(event) =>
              onChange({
                ...value,
                policies: toggleChoice(ids, value.policies, policy.id, event.target.checked),
              })
            }
          />
        ))}
        {policies.length === 0 ? <p>{t("admin.permissions.fields.noPolicies")}</p> : null}
      </fieldset>
    </>
  );
}

/** What a policy grants, in words. Custom permissions have none, so they are shown as they are. */
export function PolicyGrants({ permissions }: { permissions: readonly string[] }) {
  const t = useTranslations();
  const format = useFormatter();
  if (permissions.length === 0) return t("admin.permissions.grantsNothing");
  const names = permissions.map((permission) =>
    isPermission(permission) ? t(`admin.permissions.action.${permission}`) : permission,
  );
  return t("admin.permissions.grants", { permissions: format.list(names, { type: "unit" }) });
}
