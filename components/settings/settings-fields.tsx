import { CheckField, SelectField, TextField } from "@/components/ui/field";
import { TagInput } from "@/components/ui/tag-input";
import type { TagItem } from "@/components/ui/tag-list";
import { parseDomain } from "@/lib/email-address/email-address";
import { ROLE_HINTS, ROLE_NAMES } from "@/lib/permissions/roles";
import type { SettingsFormValues } from "@/lib/settings/form-values";
import type { Settings } from "@/lib/settings/queries";
import { DEFAULT_ROLES } from "@/lib/settings/schema";

type Props = {
  values: SettingsFormValues;
  update: (changes: Partial<SettingsFormValues>) => void;
  /** Error messages by field name. */
  errors: Readonly<Record<string, string>>;
};

/** Expiry, resend limit and reminders of invitations. */
export function InvitationFields({ values, update, errors }: Props) {
  return (
    <fieldset>
      <legend>Invitations</legend>
      <TextField
        label="Expiry in days"
        hint="1 to 30. For invitations that are sent from now on; those already sent keep theirs."
        inputMode="numeric"
        className="settings-number"
        value={values.expiryDays}
        error={errors.expiryDays}
        onChange={(event) => update({ expiryDays: event.target.value })}
      />
      <TextField
        label="Resend limit"
        hint="0 to 10. How often the same invitation can be resent; it holds for those already sent, too."
        inputMode="numeric"
        className="settings-number"
        value={values.resendLimit}
        error={errors.resendLimit}
        onChange={(event) => update({ resendLimit: event.target.value })}
      />
      <CheckField
        label="Remind invited people"
        hint="Sent 48 hours before expiry, for invitations valid for 3 days or more."
        checked={values.reminders}
        onChange={(event) => update({ reminders: event.target.checked })}
      />
    </fieldset>
  );
}

/** The role and policies that are preselected when inviting and approving requests. */
export function DefaultFields({ values, update, settings }: Props & { settings: Settings }) {
  const toggle = (id: string, on: boolean) =>
    update({
      defaultPolicies: on
        ? [...values.defaultPolicies, id]
        : values.defaultPolicies.filter((other) => other !== id),
    });
  const isAboveCeiling = (role: string) => role === "admin" && !settings.mayDefaultToAdmin;
  return (
    <fieldset>
      <legend>What new people get</legend>
      <p className="field-hint">Preselected when inviting. Every inviter can assign them.</p>
      <SelectField
        label="Default role"
        hint={ROLE_HINTS[values.defaultRole]}
        value={values.defaultRole}
        onChange={(event) => update({ defaultRole: event.target.value as SettingsFormValues["defaultRole"] })}
      >
        {DEFAULT_ROLES.map((role) => (
          <option key={role} value={role} disabled={isAboveCeiling(role) && settings.defaultRole !== role}>
            {ROLE_NAMES[role]}
          </option>
        ))}
      </SelectField>
      <fieldset className="check-group">
        <legend>Default access policies</legend>
        {settings.policies.map(({ id, name, isDefault, isGrantable }) => (
          <CheckField
            key={id}
            label={name}
            hint={
              isGrantable || isDefault ? undefined : "It grants more than you hold, so you cannot give it."
            }
            disabled={!isGrantable && !isDefault}
            checked={values.defaultPolicies.includes(id)}
            onChange={(event) => toggle(id, event.target.checked)}
          />
        ))}
        {settings.policies.length === 0 ? <p>No access policies yet</p> : null}
      </fieldset>
    </fieldset>
  );
}

/** The email domains that can or cannot be invited. */
export function DomainFields({ values, update, errors }: Props) {
  return (
    <fieldset>
      <legend>Email domains</legend>
      <p className="field-hint">Checked when an invitation is sent. Subdomains aren't included.</p>
      <DomainTagInput
        label="Allowed domains"
        hint="Only these are invited. Empty: all."
        name="allowedDomains"
        {...{ values, update, errors }}
      />
      <DomainTagInput
        label="Refused domains"
        hint="These are never invited."
        name="refusedDomains"
        {...{ values, update, errors }}
      />
    </fieldset>
  );
}

type DomainTagInputProps = Props & { label: string; hint: string; name: "allowedDomains" | "refusedDomains" };

function DomainTagInput({ label, hint, name, values, update, errors }: DomainTagInputProps) {
  const error = Object.entries(errors).find(([field]) => field.split(".")[0] === name)?.[1];
  return (
    <TagInput
      label={label}
      hint={hint}
      tags={values[name].map(toTag)}
      onChange={(tags) => update({ [name]: tags.map(({ text }) => text) })}
      parse={splitDomains}
      placeholder="contoso.com"
      error={error}
    />
  );
}

function splitDomains(text: string): TagItem[] {
  return text
    .split(/[\s,;]+/)
    .filter((part) => part !== "")
    .map(toTag);
}

function toTag(text: string): TagItem {
  const domain = parseDomain(text);
  return domain ? { text: domain } : { text, error: "The domain isn't valid." };
}

/** The reply-to address of emails, and the contact that emails and public pages show. */
export function EmailFields({ values, update, errors }: Props) {
  return (
    <fieldset>
      <legend>Contact details</legend>
      <TextField
        label="Reply-to address"
        hint="Replies go here. If empty, they go to the support address."
        type="email"
        autoComplete="off"
        value={values.replyTo}
        error={errors.replyTo}
        onChange={(event) => update({ replyTo: event.target.value })}
      />
      <TextField
        label="Support address"
        hint="Shown as the contact in emails and on public pages."
        type="email"
        autoComplete="off"
        value={values.supportAddress}
        error={errors.supportAddress}
        onChange={(event) => update({ supportAddress: event.target.value })}
      />
    </fieldset>
  );
}
