"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { useController, useForm } from "react-hook-form";
import { PermissionChecks } from "@/components/policies/permission-checks";
import { PolicyImpact } from "@/components/policies/policy-impact";
import { DialogActions, DialogBody, DialogCancel } from "@/components/ui/dialog";
import fieldStyles from "@/components/ui/field.module.css";
import { FormTextField } from "@/components/ui/form-fields";
import { FormError } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { TagInput } from "@/components/ui/tag-input";
import type { TagItem } from "@/components/ui/tag-list";
import { useActionSubmit } from "@/components/ui/use-action-submit";
import type { Translator } from "@/lib/i18n/messages";
import {
  isPermission,
  PERMISSIONS,
  type Permission,
  pickCustomPermissions,
  validateCustomPermission,
} from "@/lib/permissions/permissions";
import { createPolicyAction, previewPolicyImpactAction, updatePolicyAction } from "@/lib/policies/actions";
import { INVALID_PERMISSION_MESSAGES } from "@/lib/policies/messages";
import type { PermissionImpact, PolicyRow } from "@/lib/policies/queries";
import type { ActionResult } from "@/lib/result/action-result";
import { done } from "@/lib/result/result";

type Props = {
  organization: string;
  /** Null for a new policy. */
  policy: PolicyRow | null;
  /** Foyer's permissions that the actor has and can put into a policy (REQ-A3). */
  grantable: readonly Permission[];
  onDirty: (dirty: boolean) => void;
  finish: (policies: readonly PolicyRow[], title: string) => void;
};

/** `draft` is text in the field for custom permissions that is not a tag yet. */
type PolicyValues = { name: string; builtIn: Permission[]; custom: TagItem[]; draft: string };

/** The impact to confirm, and the permissions it was computed for. */
type Preview = { impacts: PermissionImpact[] | null; permissionsKey: string };

/** What a submit leads to: the impact to confirm, or the saved list. */
type SaveStep = { preview: Preview } | { policies: readonly PolicyRow[] };

/**
 * The form for the name and permissions of an access policy. If saving takes a permission from anyone, the
 * first submit shows the impact and the second one saves (REQ-G2).
 */
export default function PolicyForm({ organization, policy, grantable, onDirty, finish }: Props) {
  const t = useTranslations();
  const form = useForm<PolicyValues>({
    defaultValues: {
      name: policy?.name ?? "",
      builtIn: PERMISSIONS.filter((permission) => policy?.permissions.includes(permission)),
      custom: pickCustomPermissions(policy?.permissions ?? []).map((text) => toTag(t, text)),
      draft: "",
    },
  });
  const {
    control,
    formState: { isDirty },
  } = form;
  const { field: builtIn } = useController({ control, name: "builtIn" });
  const { field: custom } = useController({ control, name: "custom" });
  const { field: draft } = useController({ control, name: "draft" });
  useEffect(() => onDirty(isDirty), [isDirty, onDirty]);
  const [preview, setPreview] = useState<Preview | null>(null);
  const permissionsKey = keyOf(
    toPermissions(t, { builtIn: builtIn.value, custom: custom.value, draft: draft.value }),
  );
  // A preview for other permissions is outdated.
  const currentPreview = preview?.permissionsKey === permissionsKey ? preview : null;

  const { submit, pending, message } = useActionSubmit(form, {
    action: async ({ name, ...values }): Promise<ActionResult<SaveStep>> => {
      const permissions = toPermissions(t, values);
      if (!policy) return createPolicyAction({ organization, name, permissions });
      if (!currentPreview) {
        const result = await previewPolicyImpactAction({
          organization,
          policy: policy.id,
          remaining: permissions,
        });
        if (!result.ok) return result;
        const { impacts } = result.value;
        const isAnyLost = !impacts || impacts.some(({ losing }) => losing > 0);
        if (isAnyLost) return done({ preview: { impacts, permissionsKey: keyOf(permissions) } });
      }
      const { id, version } = policy;
      return updatePolicyAction({ organization, policy: id, version, name, permissions });
    },
    onSuccess: (result, { name }) => {
      if ("preview" in result) setPreview(result.preview);
      else
        finish(
          result.policies,
          policy
            ? t("admin.policies.form.updated", { name: name.trim() })
            : t("admin.policies.form.created", { name: name.trim() }),
        );
    },
  });
  return (
    <form onSubmit={submit}>
      <DialogBody>
        <FormError>{message}</FormError>
        <FormTextField
          control={control}
          name="name"
          label={t("admin.policies.form.name")}
          maxLength={100}
          autoComplete="off"
        />
        <PermissionChecks chosen={builtIn.value} grantable={grantable} onChange={builtIn.onChange} />
        {grantable.includes("roles:assign") ? (
          <TagInput
            label={t("admin.policies.form.custom")}
            hint={t("admin.policies.form.customHint")}
            tags={custom.value}
            onChange={custom.onChange}
            parse={(text) => ({ tags: parseTags(t, text) })}
            onDraft={draft.onChange}
          />
        ) : (
          <p className={fieldStyles.hint}>{t("admin.policies.form.customNotAllowed")}</p>
        )}
        {currentPreview ? <PolicyImpact impacts={currentPreview.impacts} /> : null}
      </DialogBody>
      <DialogActions>
        <DialogCancel />
        <SubmitButton pending={pending} variant={currentPreview ? "danger" : "primary"}>
          {!policy
            ? t("admin.policies.form.create")
            : currentPreview
              ? t("admin.policies.form.saveAnyway")
              : t("admin.policies.form.save")}
        </SubmitButton>
      </DialogActions>
    </form>
  );
}

function toPermissions(t: Translator, { builtIn, custom, draft }: Omit<PolicyValues, "name">): string[] {
  return [...builtIn, ...[...custom, ...parseTags(t, draft)].map(({ text }) => text)];
}

function keyOf(permissions: readonly string[]): string {
  return JSON.stringify([...permissions].sort());
}

function parseTags(t: Translator, text: string): TagItem[] {
  return text
    .split(/[\s,;]+/)
    .filter((part) => part !== "")
    .map((part) => toTag(t, part));
}

function toTag(t: Translator, text: string): TagItem {
  const reason = isPermission(text) ? "permission-of-foyer" : validateCustomPermission(text);
  return reason ? { text, error: t(INVALID_PERMISSION_MESSAGES[reason]) } : { text };
}
