"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { useForm } from "react-hook-form";
import {
  DefaultFields,
  DomainFields,
  EmailFields,
  InvitationFields,
  RegionFields,
} from "@/components/settings/settings-fields";
import styles from "@/components/settings/settings-form.module.css";
import { Button } from "@/components/ui/button";
import formStyles from "@/components/ui/form.module.css";
import { FormCheckField } from "@/components/ui/form-fields";
import { FormError } from "@/components/ui/notice";
import panelStyles from "@/components/ui/panel.module.css";
import { SubmitButton } from "@/components/ui/submit-button";
import { useToast } from "@/components/ui/toast";
import { useActionSubmit } from "@/components/ui/use-action-submit";
import { updateSettingsAction } from "@/lib/settings/actions";
import { toFormValues, toInput } from "@/lib/settings/form-values";
import type { Settings } from "@/lib/settings/queries";

type Props = { organization: string; settings: Settings };

/** The settings form (REQ-G1). After saving, it shows the values that the action returned. */
export function SettingsForm({ organization, settings }: Props) {
  const t = useTranslations();
  const [loaded, setLoaded] = useState({ source: settings, saved: settings });
  if (loaded.source !== settings) setLoaded({ source: settings, saved: settings });
  const { saved } = loaded;
  const form = useForm({ defaultValues: toFormValues(settings) });
  const {
    control,
    reset,
    formState: { isDirty },
  } = form;
  // Fields without unsaved changes show what was saved elsewhere.
  useEffect(() => reset(toFormValues(saved), { keepDirtyValues: true, keepErrors: true }), [saved, reset]);
  const toast = useToast();

  const { submit, pending, message } = useActionSubmit(form, {
    action: (values) => updateSettingsAction({ organization, version: saved.version, ...toInput(values) }),
    onSuccess: (updated) => {
      setLoaded({ source: settings, saved: updated });
      reset(toFormValues(updated));
      toast({ title: t("admin.settings.form.saved"), tone: "ok" });
    },
  });
  return (
    <form
      className={`${panelStyles.panel} ${styles.form}`}
      onSubmit={submit}
      aria-label={t("admin.settings.form.label")}
      noValidate
    >
      <FormError>{message}</FormError>
      <fieldset>
        <legend>{t("admin.settings.form.loginPage")}</legend>
        <FormCheckField
          control={control}
          name="newUserInvitations"
          label={t("admin.settings.form.newUserInvitations")}
          hint={t("admin.settings.form.newUserInvitationsHint")}
        />
      </fieldset>
      <InvitationFields control={control} />
      <DefaultFields control={control} settings={saved} />
      <DomainFields control={control} />
      <EmailFields control={control} />
      <RegionFields control={control} />
      <div className={formStyles.actions}>
        <SubmitButton
          pending={pending}
          disabledReason={isDirty ? undefined : t("admin.settings.form.unchanged")}
        >
          {t("admin.settings.form.save")}
        </SubmitButton>
        {isDirty ? <Button onClick={() => reset()}>{t("admin.settings.form.discard")}</Button> : null}
      </div>
    </form>
  );
}
