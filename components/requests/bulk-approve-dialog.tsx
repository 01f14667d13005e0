"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Controller, useForm } from "react-hook-form";
import { type RoleAndPolicies, RoleAndPolicyFields } from "@/components/members/role-and-policy-fields";
import type { BulkDialogProps } from "@/components/table/bulk-bar";
import type { SendBatch } from "@/components/table/use-bulk-action";
import { Dialog, DialogActions, DialogBody, DialogCancel } from "@/components/ui/dialog";
import { SubmitButton } from "@/components/ui/submit-button";
import type { InviteOptions } from "@/lib/admin/queries/invite-options";

type Props = BulkDialogProps & {
  options: InviteOptions;
  createSender: (access: RoleAndPolicies) => SendBatch;
};

/**
 * Renders the dialog to choose role and access policies for many requests. The organization's defaults are
 * preselected.
 */
export function BulkApproveDialog(props: Props) {
  const t = useTranslations();
  const { options, scope, createSender, open, start, close, finalFocus } = props;
  const { control, handleSubmit } = useForm<{ access: RoleAndPolicies }>({
    defaultValues: {
      access: {
        role: options.defaultRole,
        policies: options.policies.filter((policy) => policy.isDefault).map(({ id }) => id),
      },
    },
  });
  // After submit the button that opened the dialog is gone, so the focus must go to `finalFocus`.
  const [isSubmitted, setIsSubmitted] = useState(false);
  const submit = handleSubmit(({ access }) => {
    setIsSubmitted(true);
    start(createSender(access));
  });
  return (
    <Dialog
      open={open}
      onOpenChange={() => {
        setIsSubmitted(false);
        close();
      }}
      title={t("admin.requests.bulk.approve.title")}
      description={t("admin.requests.bulk.approve.text", scope)}
      {...(isSubmitted ? { finalFocus } : {})}
    >
      <form onSubmit={submit}>
        <DialogBody>
          <Controller
            control={control}
            name="access"
            render={({ field: { value, onChange } }) => (
              <RoleAndPolicyFields
                roles={options.roles}
                policies={options.policies.map(({ isGrantable, ...policy }) => ({
                  ...policy,
                  isDisabled: !isGrantable,
                }))}
                value={value}
                onChange={onChange}
              />
            )}
          />
        </DialogBody>
        <DialogActions>
          <DialogCancel />
          <SubmitButton pending={false}>{t("admin.requests.bulk.approve.submit")}</SubmitButton>
        </DialogActions>
      </form>
    </Dialog>
  );
}
