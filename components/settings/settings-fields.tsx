import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
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
import { LOCALE_NAMES, LOCALES } from "@/lib/i18n/locales";
import type { Translator } from "@/lib/i18n/messages";
import type { SettingsFormValues } from "@/lib/settings/form-values";
import type { Settings } from "@/lib/settings/queries";
import { DEFAULT_ROLES } from "@/lib/settings/schema";

type Props = { control: Control<SettingsFormValues> };

/** Expiry, resend limit and reminders of invitations. */
export function InvitationFields({ control }: Props) {
  const t = useTranslations();
  return (
    <fieldset>
      <legend>{t("admin.settings.form.invitations")}</legend>
      <FormTextField
        control={control}
        name="expiryDays"
        label={t("admin.settings.form.expiryDays")}
        hint={t("admin.settings.form.expiryDaysHint")}
        inputMode="numeric"
        className={styles.number}
      />
      <FormTextField
        control={control}
        name="resendLimit"
        label={t("admin.settings.form.resendLimit")}
        hint={t("admin.settings.form.resendLimitHint")}
        inputMode="numeric"
        className={styles.number}
      />
      <FormCheckField
        control={control}
        name="reminders"
        label={t("admin.settings.form.reminders")}
        hint={t("admin.settings.form.remindersHint")}
      />
    </fieldset>
  );
}

/** The role and policies that are preselected when inviting and approving requests. */
export function DefaultFields({ control, settings }: Props & { settings: Settings }) {
  const t = useTranslations();
  const { field: role } = useController({ control, name: "defaultRole" });
  const { field: policies } = useController({ control, name: "defaultPolicies" });
  const policyIds = settings.policies.map(({ id }) => id);
  const isAboveCeiling = (option: string) => option === "admin" && !settings.mayDefaultToAdmin;
  return (
    <fieldset>
      <legend>{t("admin.settings.form.defaults")}</legend>
      <p className={fieldStyles.hint}>{t("admin.settings.form.defaultsHint")}</p>
      <SelectField
        label={t("admin.settings.form.defaultRole")}
        hint={t(`admin.permissions.roleHint.${role.value}`)}
        value={role.value}
        onChange={role.onChange}
      >
        {DEFAULT_ROLES.map((option) => (
          <option
            key={option}
            value={option}
            disabled={isAboveCeiling(option) && settings.defaultRole !== option}
          >
            {t(`common.roles.${option}`)}
          </option>
        ))}
      </SelectField>
      <fieldset className={formStyles.checkGroup}>
        <legend>{t("admin.settings.form.defaultPolicies")}</legend>
        {settings.policies.map(({ id, name, isDefault, isGrantable }) => (
          <CheckField
            key={id}
            label={name}
            hint={isGrantable || isDefault ? undefined : t("admin.permissions.fields.aboveYou")}
            disabled={!isGrantable && !isDefault}
            checked={policies.value.includes(id)}
            onChange={(event) =>
              policies.onChange(toggleChoice(policyIds, policies.value, id, event.target.checked))
            }
          />
        ))}
        {settings.policies.length === 0 ? <p>{t("admin.permissions.fields.noPolicies")}</p> : null}
      </fieldset>
    </fieldset>
  );
}

/** The email domains that can or cannot be invited. */
export function DomainFields({ control }: Props) {
  const t = useTranslations();
  return (
    <fieldset>
      <legend>{t("admin.settings.form.domains")}</legend>
      <p className={fieldStyles.hint}>{t("admin.settings.form.domainsHint")}</p>
      <DomainTagInput
        label={t("admin.settings.form.allowedDomains")}
        hint={t("admin.settings.form.allowedDomainsHint")}
        name="allowedDomains"
        control={control}
      />
      <DomainTagInput
        label={t("admin.settings.form.refusedDomains")}
        hint={t("admin.settings.form.refusedDomainsHint")}
        name="refusedDomains"
        control={control}
      />
    </fieldset>
  );
}

type DomainTagInputProps = Props & { label: string; hint: string; name: "allowedDomains" | "refusedDomains" };

function DomainTagInput({ label, hint, name, control }: DomainTagInputProps) {
  const t = useTranslations();
  const { field, fieldState } = useController({ control, name });
  return (
    <TagInput
      label={label}
      hint={hint}
      tags={field.value.map((domain) => toTag(t, domain))}
      onChange={(tags) => field.onChange(tags.map(({ text }) => text))}
      parse={(text) => ({ tags: splitDomains(t, text) })}
      placeholder={t("admin.settings.form.domainExample")}
      error={fieldState.error?.message}
    />
  );
}

function splitDomains(t: Translator, text: string): TagItem[] {
  return text
    .split(/[\s,;]+/)
    .filter((part) => part !== "")
    .map((part) => toTag(t, part));
}

function toTag(t: Translator, text: string): TagItem {
  const domain = parseDomain(text);
  return domain ? { text: domain } : { text, error: t("admin.settings.form.invalidDomain") };
}

/** The reply-to address of emails, and the contact that emails and public pages show. */
export function EmailFields({ control }: Props) {
  const t = useTranslations();
  return (
    <fieldset>
      <legend>{t("admin.settings.form.contact")}</legend>
      <FormTextField
        control={control}
        name="replyTo"
        label={t("admin.settings.form.replyTo")}
        hint={t("admin.settings.form.replyToHint")}
        type="email"
        autoComplete="off"
      />
      <FormTextField
        control={control}
        name="supportAddress"
        label={t("admin.settings.form.supportAddress")}
        hint={t("admin.settings.form.supportAddressHint")}
        type="email"
        autoComplete="off"
      />
    </fieldset>
  );
}

/** The default language, and the time zone of emails and exports. */
export function RegionFields({ control }: Props) {
  const t = useTranslations();
  const { field: language } = useController({ control, name: "language" });
  const { field: timeZone, fieldState } = useController({ control, name: "timeZone" });
  const timeZones = useTimeZones(timeZone.value);
  return (
    <fieldset>
      <legend>{t("admin.settings.form.region")}</legend>
      <SelectField
        {...language}
        label={t("admin.settings.form.language")}
        hint={t("admin.settings.form.languageHint")}
      >
        {LOCALES.map((locale) => (
          <option key={locale} value={locale}>
            {LOCALE_NAMES[locale]}
          </option>
        ))}
      </SelectField>
      <SelectField
        {...timeZone}
        label={t("admin.settings.form.timeZone")}
        hint={t("admin.settings.form.timeZoneHint")}
        error={fieldState.error?.message}
      >
        {timeZones.map((zone) => (
          <option key={zone} value={zone}>
            {zone.replaceAll("_", " ")}
          </option>
        ))}
      </SelectField>
    </fieldset>
  );
}

/**
 * Returns the time zones that the browser knows, with the current one, which may have another name there. The server
 * renders only that one, so that the page does not contain four hundred.
 */
function useTimeZones(current: string): string[] {
  const [all, setAll] = useState<string[]>([]);
  useEffect(() => setAll(["UTC", ...Intl.supportedValuesOf("timeZone")]), []);
  return all.includes(current) ? all : [current, ...all];
}
