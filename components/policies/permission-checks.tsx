import { CheckField } from "@/components/ui/field";
import { groupsOf, PERMISSION_MESSAGES, PERMISSIONS, type Permission } from "@/lib/permissions/permissions";

type Props = {
  chosen: readonly Permission[];
  /** The others cannot be given (REQ-A3). */
  held: readonly Permission[];
  onChange: (chosen: Permission[]) => void;
};

/** Foyer's permissions as checkboxes, grouped by noun, each with its sentence. */
export function PermissionChecks({ chosen, held, onChange }: Props) {
  return (
    <div className="permission-groups">
      {groupsOf(PERMISSIONS).map(({ noun, permissions }) => (
        <fieldset key={noun} className="check-set">
          <legend>{noun}</legend>
          {permissions.map((one) => (
            <CheckField
              key={one}
              label={PERMISSION_MESSAGES[one].sentence}
              hint={held.includes(one) ? <code>{one}</code> : "You do not hold it, so you cannot give it."}
              disabled={!held.includes(one)}
              checked={chosen.includes(one)}
              onChange={(event) =>
                onChange(event.target.checked ? [...chosen, one] : chosen.filter((other) => other !== one))
              }
            />
          ))}
        </fieldset>
      ))}
    </div>
  );
}
