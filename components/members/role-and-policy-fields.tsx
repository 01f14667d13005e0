import { CheckField, SelectField } from "@/components/ui/field";
import formStyles from "@/components/ui/form.module.css";
import { toggleChoice } from "@/components/ui/toggle-choice";
import { ROLE_HINTS, ROLE_NAMES, type Role } from "@/lib/permissions/roles";

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
  const ids = policies.map(({ id }) => id);
  return (
    <>
      <SelectField
        label="Role"
        hint={fixedRoleReason ?? ROLE_HINTS[value.role]}
        value={value.role}
        onChange={(event) => onChange({ ...value, role: event.target.value as Role })}
      >
        {roles.map((role) => (
          <option key={role} value={role}>
            {ROLE_NAMES[role]}
          </option>
        ))}
      </SelectField>
      <fieldset className={formStyles.checkGroup}>
        <legend>Access policies</legend>
        {policies.map((policy) => (
          <CheckField
            key={policy.id}
            label={policy.name}
            hint={
              policy.isDisabled
                ? "It grants more than you hold, so you cannot give it."
                : policy.permissions && describeGrants(policy.permissions)
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
        {policies.length === 0 ? <p>No access policies yet</p> : null}
      </fieldset>
    </>
  );
}

function describeGrants(permissions: readonly string[]): string {
  return permissions.length > 0 ? `Grants ${permissions.join(", ")}` : "Grants nothing";
}
