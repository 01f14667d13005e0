"use client";

import { type SubmitEvent, useEffect, useState } from "react";
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
  const [chosen, setChosen] = useState("");
  const [error, setError] = useState<string | null>(null);
  // The button that opened the dialog disappears once the action has started.
  const [isStarted, setStarted] = useState(false);
  const labels = LABELS[field];
  useEffect(() => {
    let isMounted = true;
    const load = async () => {
      const result = await loadAssignmentOptionsAction({ organization }).catch(() => null);
      if (!isMounted) return;
      if (result?.ok) setAssignmentOptions(result.value);
      else setError(result?.message ?? "The server could not be reached. Close this and try again.");
    };
    void load();
    return () => {
      isMounted = false;
    };
  }, [organization]);

  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (chosen) {
      setStarted(true);
      start(assign(chosen));
    } else setError(`Choose ${field === "role" ? "a role" : "an access policy"}.`);
  };
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
      <form className="dialog-form" onSubmit={submit}>
        <DialogBody>
          <FormError>{error}</FormError>
          <SelectField
            label={labels.label}
            hint={field === "role" && chosen ? ROLE_HINTS[chosen as Role] : undefined}
            value={chosen}
            onChange={(event) => {
              setChosen(event.target.value);
              setError(null);
            }}
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
