"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { useController, useForm } from "react-hook-form";
import type { BulkDialogProps } from "@/components/table/bulk-bar";
import type { SendBatch } from "@/components/table/use-bulk-action";
import { Dialog, DialogActions, DialogBody, DialogCancel } from "@/components/ui/dialog";
import { SelectField } from "@/components/ui/field";
import { FormError } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { loadAssignmentOptionsAction } from "@/lib/admin/user-bulk-actions";
import type { AssignmentOptions } from "@/lib/members/queries/assignment-options";
import type { Role } from "@/lib/permissions/roles";

type Props = BulkDialogProps & {
  organization: string;
  field: "role" | "policy";
  assign: (chosen: string) => SendBatch;
};

const ACTIONS = { role: "changeRole", policy: "addPolicy" } as const;

/**
 * Chooses the role, or the access policy, that the selected users get, within the actor's ceiling (REQ-A3).
 */
export function BulkAssignDialog(props: Props) {
  const t = useTranslations();
  const { organization, field, scope, assign, open, start, close, finalFocus } = props;
  const [assignmentOptions, setAssignmentOptions] = useState<AssignmentOptions | null>(null);
  const [loadError, setLoadError] = useState<string | null>(null);
  const { control, handleSubmit } = useForm({ defaultValues: { chosen: "" } });
  const { field: chosen, fieldState } = useController({
    control,
    name: "chosen",
    rules: { required: t(`admin.users.bulk.${ACTIONS[field]}.required`) },
  });
  // The button that opened the dialog disappears once the action has started.
  const [isStarted, setStarted] = useState(false);
  useEffect(() => {
    let isMounted = true;
    const load = async () => {
      const result = await loadAssignmentOptionsAction({ organization }).catch(() => null);
      if (!isMounted) return;
      if (result?.ok) setAssignmentOptions(result.value);
      else setLoadError(result?.message ?? t("errors.actions.unreachable"));
    };
    void load();
    return () => {
      isMounted = false;
    };
  }, [organization, t]);

  const submit = handleSubmit((values) => {
    setStarted(true);
    start(assign(values.chosen));
  });
  const options =
    assignmentOptions === null
      ? []
      : field === "role"
        ? assignmentOptions.roles.map((role) => ({
            value: role as string,
            label: t(`common.roles.${role}`),
            isDisabled: false,
          }))
        : assignmentOptions.policies.map(({ id, name, isGrantable }) => ({
            value: id,
            label: isGrantable ? name : t("admin.users.bulk.addPolicy.aboveYou", { policy: name }),
            isDisabled: !isGrantable,
          }));
  return (
    <Dialog
      open={open}
      onOpenChange={() => {
        setStarted(false);
        close();
      }}
      title={t(`admin.users.bulk.${ACTIONS[field]}.action`)}
      description={t("admin.users.bulk.assignHint", scope)}
      {...(isStarted ? { finalFocus } : {})}
    >
      <form onSubmit={submit}>
        <DialogBody>
          <FormError>{loadError}</FormError>
          <SelectField
            label={t(`admin.users.bulk.${ACTIONS[field]}.field`)}
            hint={
              field === "role" && chosen.value
                ? t(`admin.permissions.roleHint.${chosen.value as Role}`)
                : undefined
            }
            error={fieldState.error?.message}
            ref={chosen.ref}
            value={chosen.value}
            onChange={chosen.onChange}
          >
            <option value="">{t(`admin.users.bulk.${ACTIONS[field]}.choose`)}</option>
            {options.map(({ value, label, isDisabled }) => (
              <option key={value} value={value} disabled={isDisabled}>
                {label}
              </option>
            ))}
          </SelectField>
        </DialogBody>
        <DialogActions>
          <DialogCancel />
          <SubmitButton pending={false}>{t(`admin.users.bulk.${ACTIONS[field]}.action`)}</SubmitButton>
        </DialogActions>
      </form>
    </Dialog>
  );
}
