import { type Control, useController } from "react-hook-form";
import styles from "@/components/settings/settings-form.module.css";
import { CheckField, SelectField } from "@/components/ui/field";
import fieldStyles from "@/components/ui/field.module.css";
import formStyles from "@/components/ui/form.module.css";
import { FormCheckField, FormTextField } from "@/components/ui/form-fields";
import { TagInput } from "@/components/ui/tag-input";
import type { TagItem } from "@/components/ui/tag-list";
import { toggleChoice } from "@/components/ui/toggle-choice";
import { parseDomain } from "@/lib/email-address/email-address";
import { ROLE_HINTS, ROLE_NAMES } from "@/lib/permissions/roles";
import type { SettingsFormValues } from "@/lib/settings/form-values";
import type { Settings } from "@/lib/settings/queries";
import { DEFAULT_ROLES } from "@/lib/settings/schema";

type Props = { control: Control<SettingsFormValues> };

/** Expiry, resend limit and reminders of invitations. */
export function InvitationFields({ control }: Props) {
  return (
    <fieldset>
      <legend>Invitations</legend>
      <FormTextField
        control={control}
        name="expiryDays"
        label="Expiry in days"
        hint="1 to 30. For invitations that are sent from now on; those already sent keep theirs."
        inputMode="numeric"
        className={styles.number}
      />
      <FormTextField
        control={control}
        name="resendLimit"
        label="Resend limit"
        hint="0 to 10. How often the same invitation can be resent; it holds for those already sent, too."
        inputMode="numeric"
        className={styles.number}
      />
      <FormCheckField
        control={control}
        name="reminders"
        label="Remind invited people"
        hint="Sent 48 hours before expiry, for invitations valid for 3 days or more."
      />
    </fieldset>
  );
}

/** The role and policies that are preselected when inviting and approving requests. */
export function DefaultFields({ control, settings }: Props & { settings: Settings }) {
  const { field: role } = useController({ control, name: "defaultRole" });
  const { field: policies } = useController({ control, name: "defaultPolicies" });
  const policyIds = settings.policies.map(({ id }) => id);
  const isAboveCeiling = (option: string) => option === "admin" && !settings.mayDefaultToAdmin;
  return (
    <fieldset>
      <legend>What new people get</legend>
      <p className={fieldStyles.hint}>Preselected when inviting. Every inviter can assign them.</p>
      <SelectField
        label="Default role"
        hint={ROLE_HINTS[role.value]}
        value={role.value}
        onChange={role.onChange}
      >
        {DEFAULT_ROLES.map((option) => (
          <option
            key={option}
            value={option}
            disabled={isAboveCeiling(option) && settings.defaultRole !== option}
          >
            {ROLE_NAMES[option]}
          </option>
        ))}
      </SelectField>
      <fieldset className={formStyles.checkGroup}>
        <legend>Default access policies</legend>
        {settings.policies.map(({ id, name, isDefault, isGrantable }) => (
          <CheckField
            key={id}
            label={name}
            hint={
              isGrantable || isDefault ? undefined : "It grants more than you hold, so you cannot give it."
            }
            disabled={!isGrantable && !isDefault}
            checked={policies.value.includes(id)}
            onChange={(event) =>
              policies.onChange(toggleChoice(policyIds, policies.value, id, event.target.checked))
            }
          />
        ))}
        {settings.policies.length === 0 ? <p>No access policies yet</p> : null}
      </fieldset>
    </fieldset>
  );
}

/** The email domains that can or cannot be invited. */
export function DomainFields({ control }: Props) {
  return (
    <fieldset>
      <legend>Email domains</legend>
      <p className={fieldStyles.hint}>Checked when an invitation is sent. Subdomains aren't included.</p>
      <DomainTagInput
        label="Allowed domains"
        hint="Only these are invited. Empty: all."
        name="allowedDomains"
        control={control}
      />
      <DomainTagInput
        label="Refused domains"
        hint="These are never invited."
        name="refusedDomains"
        control={control}
      />
    </fieldset>
  );
}

type DomainTagInputProps = Props & { label: string; hint: string; name: "allowedDomains" | "refusedDomains" };

function DomainTagInput({ label, hint, name, control }: DomainTagInputProps) {
  const { field, fieldState } = useController({ control, name });
  return (
    <TagInput
      label={label}
      hint={hint}
      tags={field.value.map(toTag)}
      onChange={(tags) => field.onChange(tags.map(({ text }) => text))}
      parse={splitDomains}
      placeholder="contoso.com"
      error={fieldState.error?.message}
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
export function EmailFields({ control }: Props) {
  return (
    <fieldset>
      <legend>Contact details</legend>
      <FormTextField
        control={control}
        name="replyTo"
        label="Reply-to address"
        hint="Replies go here. If empty, they go to the support address."
        type="email"
        autoComplete="off"
      />
      <FormTextField
        control={control}
        name="supportAddress"
        label="Support address"
        hint="Shown as the contact in emails and on public pages."
        type="email"
        autoComplete="off"
      />
    </fieldset>
  );
}
