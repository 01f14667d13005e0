import { type Chip, Chips } from "@/components/ui/chips";
import { CheckField, SelectField, TextField } from "@/components/ui/field";
import { parseDomain } from "@/lib/email-address/email-address";
import { ROLE_HINTS, ROLE_NAMES } from "@/lib/permissions/roles";
import type { Draft } from "@/lib/settings/draft";
import type { Settings } from "@/lib/settings/queries";
import { DEFAULT_ROLES } from "@/lib/settings/schema";

type Props = {
  draft: Draft;
  set: (more: Partial<Draft>) => void;
  /** What is wrong with a field, by its name. */
  errors: Readonly<Record<string, string>>;
};

/** How long an invitation lasts, how often it is sent again, and whether it is remembered. */
export function InvitationFields({ draft, set, errors }: Props) {
  return (
    <fieldset>
      <legend>Invitations</legend>
      <TextField
        label="Expiry in days"
        hint="1 to 30. For invitations that are sent from now on; those already sent keep theirs."
        inputMode="numeric"
        className="settings-number"
        value={draft.expiryDays}
        error={errors.expiryDays}
        onChange={(event) => set({ expiryDays: event.target.value })}
      />
      <TextField
        label="Resend limit"
        hint="0 to 10. How often the same invitation can be resent; it holds for those already sent, too."
        inputMode="numeric"
        className="settings-number"
        value={draft.resendLimit}
        error={errors.resendLimit}
        onChange={(event) => set({ resendLimit: event.target.value })}
      />
      <CheckField
        label="Remind invited people"
        hint="A letter goes out 48 hours before an invitation expires, if its term is 3 days or more."
        checked={draft.reminders}
        onChange={(event) => set({ reminders: event.target.checked })}
      />
    </fieldset>
  );
}

/** What New Invitation, Upload Invitation List and the answer to a request begin with. */
export function DefaultsFields({ draft, set, settings }: Props & { settings: Settings }) {
  const toggle = (id: string, on: boolean) =>
    set({
      defaultPolicies: on
        ? [...draft.defaultPolicies, id]
        : draft.defaultPolicies.filter((other) => other !== id),
    });
  const isOutOfReach = (role: string) => role === "admin" && !settings.mayDefaultToAdmin;
  return (
    <fieldset>
      <legend>What new people get</legend>
      <p className="field-hint">
        Chosen beforehand wherever people are invited. Whoever invites may give it.
      </p>
      <SelectField
        label="Default role"
        hint={ROLE_HINTS[draft.defaultRole]}
        value={draft.defaultRole}
        onChange={(event) => set({ defaultRole: event.target.value as Draft["defaultRole"] })}
      >
        {DEFAULT_ROLES.map((role) => (
          <option key={role} value={role} disabled={isOutOfReach(role) && settings.defaultRole !== role}>
            {ROLE_NAMES[role]}
          </option>
        ))}
      </SelectField>
      <fieldset className="check-set">
        <legend>Default access policies</legend>
        {settings.policies.map(({ id, name, isDefault, mayGive }) => (
          <CheckField
            key={id}
            label={name}
            hint={mayGive || isDefault ? undefined : "It grants more than you hold, so you cannot give it."}
            disabled={!mayGive && !isDefault}
            checked={draft.defaultPolicies.includes(id)}
            onChange={(event) => toggle(id, event.target.checked)}
          />
        ))}
        {settings.policies.length === 0 ? <p>There are no access policies.</p> : null}
      </fieldset>
    </fieldset>
  );
}

/** Which addresses are invited at all. */
export function DomainsFields({ draft, set, errors }: Props) {
  return (
    <fieldset>
      <legend>Email domains</legend>
      <p className="field-hint">
        Looked at whenever an invitation is sent. A domain stands for itself alone, not for those below it.
      </p>
      <Domains
        label="Allowed domains"
        hint="Only these are invited. Empty: all."
        name="allowedDomains"
        {...{ draft, set, errors }}
      />
      <Domains
        label="Refused domains"
        hint="These are never invited."
        name="refusedDomains"
        {...{ draft, set, errors }}
      />
    </fieldset>
  );
}

type DomainsProps = Props & { label: string; hint: string; name: "allowedDomains" | "refusedDomains" };

function Domains({ label, hint, name, draft, set, errors }: DomainsProps) {
  const error = Object.entries(errors).find(([field]) => field.split(".")[0] === name)?.[1];
  return (
    <Chips
      label={label}
      hint={hint}
      chips={draft[name].map(toChip)}
      onChange={(chips) => set({ [name]: chips.map(({ text }) => text) })}
      split={split}
      placeholder="contoso.com"
      error={error}
    />
  );
}

function split(text: string): Chip[] {
  return text
    .split(/[\s,;]+/)
    .filter((one) => one !== "")
    .map(toChip);
}

function toChip(text: string): Chip {
  const domain = parseDomain(text);
  return domain ? { text: domain } : { text, problem: "This is no mail domain." };
}

/** Where answers to letters go, and whom letters and pages name. */
export function LetterFields({ draft, set, errors }: Props) {
  return (
    <fieldset>
      <legend>Letters and pages</legend>
      <TextField
        label="Reply-to address"
        hint="Where answers to letters go. Empty: to the support address, if there is one."
        type="email"
        autoComplete="off"
        value={draft.replyTo}
        error={errors.replyTo}
        onChange={(event) => set({ replyTo: event.target.value })}
      />
      <TextField
        label="Support address"
        hint="Whom letters and public pages name for questions."
        type="email"
        autoComplete="off"
        value={draft.supportAddress}
        error={errors.supportAddress}
        onChange={(event) => set({ supportAddress: event.target.value })}
      />
    </fieldset>
  );
}
