import { useState } from "react";
import type { Gift } from "@/components/members/gift-fields";
import { CheckField, Select } from "@/components/ui/field";
import type { InviteOptions } from "@/lib/admin/queries/invite-options";
import { ROLE_NAMES, type Role } from "@/lib/permissions/roles";

type Props = { email: string; options: InviteOptions; gift: Gift; onChange: (gift: Gift) => void };

/** The role picker of a row, and below it the access policies, which open to be chosen. */
export function RequestGift({ email, options, gift, onChange }: Props) {
  const [open, setOpen] = useState(false);
  const many = gift.policies.length;
  const toggle = (id: string, on: boolean) =>
    onChange({
      ...gift,
      policies: on ? [...gift.policies, id] : gift.policies.filter((other) => other !== id),
    });
  return (
    <div className="request-gift">
      <Select
        aria-label={`Role for ${email}`}
        value={gift.role}
        onChange={(event) => onChange({ ...gift, role: event.target.value as Role })}
      >
        {options.roles.map((role) => (
          <option key={role} value={role}>
            {ROLE_NAMES[role]}
          </option>
        ))}
      </Select>
      <details onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>
          {many === 0 ? "No access policies" : `${many} access ${many === 1 ? "policy" : "policies"}`}
          <span className="sr-only"> for {email}</span>
        </summary>
        {open
          ? options.policies.map(({ id, name, mayGive }) => (
              <CheckField
                key={id}
                label={name}
                hint={mayGive ? undefined : "It grants more than you hold, so you cannot give it."}
                disabled={!mayGive}
                checked={gift.policies.includes(id)}
                onChange={(event) => toggle(id, event.target.checked)}
              />
            ))
          : null}
      </details>
    </div>
  );
}
