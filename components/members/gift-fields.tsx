import { CheckField, SelectField } from "@/components/ui/field";
import { ROLE_HINTS, ROLE_NAMES, type Role } from "@/lib/permissions/roles";

/** A role with access policies, as somebody chooses them for a person. */
export type Gift = { role: Role; policies: readonly string[] };

/** `permissions`: what it grants, where that is known. `isOutOfReach`: it grants more than whoever chooses holds. */
export type Choice = { id: string; name: string; permissions?: readonly string[]; isOutOfReach: boolean };

type Props = {
  roles: readonly Role[];
  policies: readonly Choice[];
  gift: Gift;
  onChange: (gift: Gift) => void;
  /** Why the role cannot be another one, if it cannot. */
  roleIsFixed?: string | undefined;
};

/** Role, with one line on what it may do, and access policies, each with what it grants. */
export function GiftFields({ roles, policies, gift, onChange, roleIsFixed }: Props) {
  const toggle = (id: string, on: boolean) =>
    onChange({
      ...gift,
      policies: on ? [...gift.policies, id] : gift.policies.filter((other) => other !== id),
    });
  return (
    <>
      <SelectField
        label="Role"
        hint={roleIsFixed ?? ROLE_HINTS[gift.role]}
        value={gift.role}
        onChange={(event) => onChange({ ...gift, role: event.target.value as Role })}
      >
        {roles.map((role) => (
          <option key={role} value={role}>
            {ROLE_NAMES[role]}
          </option>
        ))}
      </SelectField>
      <fieldset className="check-set">
        <legend>Access policies</legend>
        {policies.map((policy) => (
          <CheckField
            key={policy.id}
            label={policy.name}
            hint={
              policy.isOutOfReach
                ? "It grants more than you hold, so you cannot give it."
                : policy.permissions && grantsInWords(policy.permissions)
            }
            disabled={policy.isOutOfReach}
            checked={gift.policies.includes(policy.id)}
            onChange={(event) => toggle(policy.id, event.target.checked)}
          />
        ))}
        {policies.length === 0 ? <p>There are no access policies.</p> : null}
      </fieldset>
    </>
  );
}

function grantsInWords(permissions: readonly string[]): string {
  return permissions.length > 0 ? `Grants ${permissions.join(", ")}` : "Grants nothing";
}
