"use client";

import { type SubmitEvent, useState, useTransition } from "react";
import { PermissionChecks } from "@/components/policies/permission-checks";
import { PolicyImpact } from "@/components/policies/policy-impact";
import { DialogActions, DialogBody, DialogCancel } from "@/components/ui/dialog";
import { TextField } from "@/components/ui/field";
import { FormError } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { TagInput } from "@/components/ui/tag-input";
import type { TagItem } from "@/components/ui/tag-list";
import {
  isPermission,
  type Permission,
  pickCustomPermissions,
  validateCustomPermission,
} from "@/lib/permissions/permissions";
import { createPolicyAction, previewPolicyImpactAction, updatePolicyAction } from "@/lib/policies/actions";
import { INVALID_PERMISSION_MESSAGES } from "@/lib/policies/messages";
import type { PermissionImpact, PolicyRow } from "@/lib/policies/queries";

type Props = {
  organization: string;
  /** Null: a new one. */
  policy: PolicyRow | null;
  /** Foyer's permissions that the actor has and can put into a policy (REQ-A3). */
  grantable: readonly Permission[];
  onDirty: (dirty: boolean) => void;
  finish: (policies: readonly PolicyRow[], title: string) => void;
};

/** The impact to confirm, and the permissions it was computed for. */
type Preview = { impacts: PermissionImpact[] | null; permissionsKey: string };

/**
 * The form for the name and permissions of an access policy. If saving takes a permission from anyone, the
 * first submit shows the impact and the second one saves (REQ-G2).
 */
export default function PolicyForm({ organization, policy, grantable, onDirty, finish }: Props) {
  const [name, setName] = useState(policy?.name ?? "");
  const [builtIn, setBuiltIn] = useState(policy?.permissions.filter(isPermission) ?? []);
  const [custom, setCustom] = useState<TagItem[]>(
    pickCustomPermissions(policy?.permissions ?? []).map(toTag),
  );
  const [draft, setDraft] = useState("");
  const [error, setError] = useState<string | null>(null);
  const [preview, setPreview] = useState<Preview | null>(null);
  const [pending, start] = useTransition();

  const permissions = [...builtIn, ...[...custom, ...parseTags(draft)].map(({ text }) => text)];
  const permissionsKey = JSON.stringify([...permissions].sort());
  // A preview for other permissions is outdated.
  const currentPreview = preview?.permissionsKey === permissionsKey ? preview : null;

  /** Returns the preview to confirm, null if no one loses a permission, or undefined after an error. */
  const loadPreview = async (id: string): Promise<Preview | null | undefined> => {
    const input = { organization, policy: id, remaining: permissions };
    const result = await previewPolicyImpactAction(input).catch(() => null);
    if (!result?.ok) return void setError(result?.message ?? NETWORK_ERROR);
    const { impacts } = result.value;
    return impacts?.every(({ losing }) => losing === 0) ? null : { impacts, permissionsKey };
  };
  const save = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    start(async () => {
      setError(null);
      if (policy && !currentPreview) {
        const loaded = await loadPreview(policy.id);
        if (loaded !== null) return setPreview(loaded ?? null);
      }
      const input = { organization, name, permissions };
      const result = await (policy
        ? updatePolicyAction({ ...input, policy: policy.id, version: policy.version })
        : createPolicyAction(input)
      ).catch(() => null);
      if (!result?.ok) return setError(result?.message ?? NETWORK_ERROR);
      finish(
        result.value.policies,
        policy ? `Access policy ${name.trim()} changed` : `Access policy ${name.trim()} made`,
      );
    });
  };
  return (
    <form className="dialog-form" onSubmit={save}>
      <DialogBody>
        <FormError>{error}</FormError>
        <TextField
          label="Name"
          value={name}
          maxLength={100}
          autoComplete="off"
          onChange={(event) => {
            setName(event.target.value);
            onDirty(true);
          }}
        />
        <PermissionChecks
          chosen={builtIn}
          grantable={grantable}
          onChange={(next) => {
            setBuiltIn(next);
            onDirty(true);
          }}
        />
        {grantable.includes("roles:assign") ? (
          <TagInput
            label="Permissions of your own product"
            hint="Such as catalog.sources:read. Foyer stores them and hands them on; it does not know what they mean."
            tags={custom}
            onChange={(next) => {
              setCustom(next);
              onDirty(true);
            }}
            parse={parseTags}
            onDraft={(text) => {
              setDraft(text);
              if (text) onDirty(true);
            }}
          />
        ) : (
          <p className="field-hint">
            Permissions of your own product can be put into a policy by who holds roles:assign.
          </p>
        )}
        {currentPreview ? <PolicyImpact impacts={currentPreview.impacts} /> : null}
      </DialogBody>
      <DialogActions>
        <DialogCancel />
        <SubmitButton pending={pending} variant={currentPreview ? "danger" : "primary"}>
          {policy ? (currentPreview ? "Save all the same" : "Save") : "Make access policy"}
        </SubmitButton>
      </DialogActions>
    </form>
  );
}

const NETWORK_ERROR = "The server could not be reached. Nothing was changed; try again.";

function parseTags(text: string): TagItem[] {
  return text
    .split(/[\s,;]+/)
    .filter((part) => part !== "")
    .map(toTag);
}

function toTag(text: string): TagItem {
  const reason = isPermission(text) ? "permission-of-foyer" : validateCustomPermission(text);
  return reason ? { text, error: INVALID_PERMISSION_MESSAGES[reason] } : { text };
}
