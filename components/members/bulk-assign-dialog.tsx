"use client";

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
import { ROLE_HINTS, ROLE_NAMES, type Role } from "@/lib/permissions/roles";

type Props = BulkDialogProps & {
  organization: string;
  field: "role" | "policy";
  assign: (chosen: string) => SendBatch;
};

const LABELS = {
  role: { title: "Change role", label: "Role", submit: "Change role" },
  policy: { title: "Add policy", label: "Access policy", submit: "Add policy" },
};

/**
 * Chooses the role, or the access policy, that the selected users get, within the actor's ceiling (REQ-A3).
 */
export function BulkAssignDialog(props: Props) {
  const { organization, field, targetLabel, assign, open, start, close, finalFocus } = props;
  const [assignmentOptions, setAssignmentOptions] = useState<AssignmentOptions | null>(null);
  const [loadError, setLoadError] = useState<string | null>(null);
  const { control, handleSubmit } = useForm({ defaultValues: { chosen: "" } });
  const { field: chosen, fieldState } = useController({
    control,
    name: "chosen",
    rules: { required: `Choose ${field === "role" ? "a role" : "an access policy"}.` },
  });
  // The button that opened the dialog disappears once the action has started.
  const [isStarted, setStarted] = useState(false);
  const labels = LABELS[field];
  useEffect(() => {
    let isMounted = true;
    const load = async () => {
      const result = await loadAssignmentOptionsAction({ organization }).catch(() => null);
      if (!isMounted) return;
      if (result?.ok) setAssignmentOptions(result.value);
      else setLoadError(result?.message ?? "The server could not be reached. Close this and try again.");
    };
    void load();
    return () => {
      isMounted = false;
    };
  }, [organization]);

  const submit = handleSubmit((values) => {
    setStarted(true);
    start(assign(values.chosen));
  });
  const options = assignmentOptions ? toSelectOptions(assignmentOptions, field) : [];
  return (
    <Dialog
      open={open}
      onOpenChange={() => {
        setStarted(false);
        close();
      }}
      title={labels.title}
      description={`Applies to ${targetLabel}. People with more access than you are skipped.`}
      {...(isStarted ? { finalFocus } : {})}
    >
      <form onSubmit={submit}>
        <DialogBody>
          <FormError>{loadError}</FormError>
          <SelectField
            label={labels.label}
            hint={field === "role" && chosen.value ? ROLE_HINTS[chosen.value as Role] : undefined}
            error={fieldState.error?.message}
            ref={chosen.ref}
            value={chosen.value}
            onChange={chosen.onChange}
          >
            <option value="">Choose…</option>
            {options.map(({ value, label, isDisabled }) => (
              <option key={value} value={value} disabled={isDisabled}>
                {isDisabled ? `${label} (grants more than you hold)` : label}
              </option>
            ))}
          </SelectField>
        </DialogBody>
        <DialogActions>
          <DialogCancel />
          <SubmitButton pending={false}>{labels.submit}</SubmitButton>
        </DialogActions>
      </form>
    </Dialog>
  );
}

function toSelectOptions(options: AssignmentOptions, field: Props["field"]) {
  return field === "role"
    ? options.roles.map((role) => ({ value: role as string, label: ROLE_NAMES[role], isDisabled: false }))
    : options.policies.map(({ id, name, isGrantable }) => ({
        value: id,
        label: name,
        isDisabled: !isGrantable,
      }));
}
