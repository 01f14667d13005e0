"use client";

import { type SubmitEvent, useState, useTransition } from "react";
import {
  DefaultFields,
  DomainFields,
  EmailFields,
  InvitationFields,
} from "@/components/settings/settings-fields";
import { Button } from "@/components/ui/button";
import { CheckField } from "@/components/ui/field";
import { FormError } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { useToast } from "@/components/ui/toast";
import { updateSettingsAction } from "@/lib/settings/actions";
import { type SettingsFormValues, toFormValues, toInput } from "@/lib/settings/form-values";
import type { Settings } from "@/lib/settings/queries";

type Props = { organization: string; settings: Settings };

type FormErrors = { message: string | null; fields: Readonly<Record<string, string>> };
const NO_ERRORS: FormErrors = { message: null, fields: {} };

/** The settings form (REQ-G1). After saving, it shows the values that the action returned. */
export function SettingsForm({ organization, settings }: Props) {
  const [loaded, setLoaded] = useState({ source: settings, saved: settings });
  const [values, setValues] = useState<SettingsFormValues>(() => toFormValues(settings));
  if (loaded.source !== settings) setLoaded({ source: settings, saved: settings });
  const { saved } = loaded;
  const [errors, setErrors] = useState(NO_ERRORS);
  const [pending, startTransition] = useTransition();
  const toast = useToast();
  const isChanged = JSON.stringify(values) !== JSON.stringify(toFormValues(saved));
  const update = (changes: Partial<SettingsFormValues>) => setValues((before) => ({ ...before, ...changes }));

  const save = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (!isChanged) return;
    startTransition(async () => {
      const input = { organization, version: saved.version, ...toInput(values) };
      const result = await updateSettingsAction(input).catch(() => null);
      if (!result) return setErrors({ ...NO_ERRORS, message: SERVER_UNREACHABLE });
      if (!result.ok) return setErrors({ message: result.message, fields: result.fields ?? {} });
      setErrors(NO_ERRORS);
      setLoaded({ source: settings, saved: result.value });
      setValues(toFormValues(result.value));
      toast({ title: "Settings saved", tone: "ok" });
    });
  };
  const fields = { values, update, errors: errors.fields };
  return (
    <form className="panel settings" onSubmit={save} aria-label="Settings" noValidate>
      <FormError>{errors.message}</FormError>
      <fieldset>
        <legend>Login page</legend>
        <CheckField
          label="New user invitations"
          hint="Visitors of the login page can request an invitation. You answer them under Users."
          checked={values.newUserInvitations}
          onChange={(event) => update({ newUserInvitations: event.target.checked })}
        />
      </fieldset>
      <InvitationFields {...fields} />
      <DefaultFields {...fields} settings={saved} />
      <DomainFields {...fields} />
      <EmailFields {...fields} />
      <div className="form-actions">
        <SubmitButton pending={pending} disabledReason={isChanged ? undefined : "Nothing is changed yet"}>
          Save settings
        </SubmitButton>
        {isChanged ? (
          <Button
            onClick={() => {
              setValues(toFormValues(saved));
              setErrors(NO_ERRORS);
            }}
          >
            Discard
          </Button>
        ) : null}
      </div>
    </form>
  );
}

const SERVER_UNREACHABLE = "The server could not be reached. Nothing was changed; try again.";
