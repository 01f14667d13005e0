import { useTranslations } from "next-intl";
import { type SubmitEvent, useRef, useState } from "react";
import type { FieldErrors, FieldPath, FieldValues, UseFormReturn } from "react-hook-form";
import type { ActionResult } from "@/lib/result/action-result";

type Options<Values extends FieldValues, T> = {
  action: (values: Values) => Promise<ActionResult<T>>;
  onSuccess: (value: T, values: Values) => void;
  /** The field that shows a refusal that is about no field. By default the form shows it. */
  fallbackField?: FieldPath<Values>;
  /** Shown if the server does not respond, if the default message is not right. */
  unreachableMessage?: string;
};

/**
 * Submits a form of React Hook Form to a server action. `submit` ignores a second submit while the first one is
 * pending. A refusal sets the errors of the fields that it names; React Hook Form removes each one once its field
 * changes. `message` is the refusal for the whole form, or null; it disappears with the last field error that it
 * came with. `SubmitButton` focuses the first invalid field.
 */
export function useActionSubmit<Values extends FieldValues, T>(
  form: UseFormReturn<Values>,
  { action, onSuccess, fallbackField, unreachableMessage }: Options<Values, T>,
) {
  const t = useTranslations();
  const { handleSubmit, setError, clearErrors, formState } = form;
  const [pending, setPending] = useState(false);
  const isRunning = useRef(false);

  const showRefusal = (message: string, fields: Readonly<Record<string, string>>, values: Values) => {
    const fieldErrors = new Map<string, string>();
    for (const [path, text] of Object.entries(fields)) {
      // An error inside a field, such as `addresses.3`, belongs to the field.
      const [name = path] = path.split(".");
      if (Object.hasOwn(values, name) && !fieldErrors.has(name)) fieldErrors.set(name, text);
    }
    if (fieldErrors.size === 0 && fallbackField) return setError(fallbackField, { message });
    for (const [name, text] of fieldErrors) setError(name as FieldPath<Values>, { message: text });
    setError("root.action", { type: fieldErrors.size > 0 ? FIELD_REFUSAL : FORM_REFUSAL, message });
  };
  const send = async (values: Values) => {
    const result = await action(values).catch(() => null);
    if (result?.ok) onSuccess(result.value, values);
    else
      showRefusal(
        result?.message ?? unreachableMessage ?? t("errors.actions.unreachable"),
        result?.fields ?? {},
        values,
      );
  };
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (isRunning.current) return;
    isRunning.current = true;
    setPending(true);
    // An error of a field that is no longer shown would block the submit.
    clearErrors();
    await handleSubmit(send)(event).finally(() => {
      isRunning.current = false;
      setPending(false);
    });
  };
  return { submit, pending, message: formMessage(formState.errors) };
}

const FIELD_REFUSAL = "field-refusal";
const FORM_REFUSAL = "form-refusal";

/** Returns the message of the refusal; null if it was about fields and all of them were changed. */
function formMessage<Values extends FieldValues>(errors: FieldErrors<Values>): string | null {
  const { root, ...fieldErrors } = errors;
  const refusal = root?.action;
  if (!refusal || (refusal.type === FIELD_REFUSAL && Object.keys(fieldErrors).length === 0)) return null;
  return refusal.message ?? null;
}
