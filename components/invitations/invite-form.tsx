"use client";

import { useRouter } from "next/navigation";
import { type ReactNode, type RefObject, useEffect } from "react";
import { Controller, useController, useForm } from "react-hook-form";
import { type RoleAndPolicies, RoleAndPolicyFields } from "@/components/members/role-and-policy-fields";
import { useApplyRows } from "@/components/members/row-updates";
import { DialogActions, DialogBody, DialogCancel } from "@/components/ui/dialog";
import { FormError } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { TagInput } from "@/components/ui/tag-input";
import type { TagItem } from "@/components/ui/tag-list";
import { useActionSubmit } from "@/components/ui/use-action-submit";
import { inviteMembersAction } from "@/lib/admin/invitation-actions";
import type { InviteOptions } from "@/lib/admin/queries/invite-options";
import { parseAddresses } from "@/lib/email-address/email-address";
import type { InviteeResult } from "@/lib/invitations/commands/invite";
import {
  INVALID_ADDRESS_MESSAGES,
  INVITE_UNREACHABLE_MESSAGE,
  INVITEE_STATUS_MESSAGES,
} from "@/lib/invitations/messages";

type Props = {
  organization: { slug: string; name: string };
  options: InviteOptions;
  /** The people who were invited, shown above the fields. */
  summary: ReactNode;
  input: RefObject<HTMLInputElement | null>;
  onDirty: (dirty: boolean) => void;
  onResults: (results: InviteeResult[]) => void;
};

/** `draft` is text in the address field that is not a tag yet. */
type InviteValues = { addresses: TagItem[]; draft: string; access: RoleAndPolicies };

const NO_ADDRESS = "Add at least one email address.";

/**
 * Addresses, role and policies. Addresses that were not invited stay in the form with their reason (REQ-B3).
 */
export default function InviteForm({ organization, options, summary, input, onDirty, onResults }: Props) {
  const form = useForm<InviteValues>({
    defaultValues: {
      addresses: [],
      draft: "",
      access: {
        role: options.defaultRole,
        policies: options.policies.filter((policy) => policy.isDefault).map(({ id }) => id),
      },
    },
  });
  const {
    control,
    reset,
    formState: { isDirty },
  } = form;
  const { field: addresses, fieldState } = useController({
    control,
    name: "addresses",
    rules: { validate: (tags, { draft }) => toTexts(tags, draft).length > 0 || NO_ADDRESS },
  });
  const { field: draft } = useController({ control, name: "draft", rules: { deps: ["addresses"] } });
  useEffect(() => onDirty(isDirty), [isDirty, onDirty]);
  const addRows = useApplyRows();
  const router = useRouter();

  const { submit, pending, message } = useActionSubmit(form, {
    action: (values) =>
      inviteMembersAction({
        organization: organization.slug,
        addresses: toTexts(values.addresses, values.draft),
        role: values.access.role,
        policies: [...values.access.policies],
      }),
    unreachableMessage: INVITE_UNREACHABLE_MESSAGE,
    onSuccess: ({ results, invitations, users }, { access }) => {
      // Refused addresses stay, to be corrected and sent again with the same role and policies. They count as
      // unsaved input.
      const failed = results.filter(({ invitationId }) => !invitationId).map(toInvalidTag);
      reset({ addresses: failed, draft: "", access }, { keepDefaultValues: true });
      addRows({ invitations, users });
      onResults(results);
      router.refresh();
    },
  });
  const validCount = addresses.value.filter((tag) => !tag.error).length;
  return (
    <form onSubmit={submit}>
      <DialogBody>
        {summary}
        <FormError>{message}</FormError>
        <TagInput
          label="Email"
          hint="Separate many by comma, space or new line, or paste a list."
          error={fieldState.error?.message}
          tags={addresses.value}
          onChange={addresses.onChange}
          parse={splitAddresses}
          onDraft={draft.onChange}
          inputRef={input}
        />
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
        <SubmitButton pending={pending}>
          {validCount > 1 ? `Send ${validCount} invitations` : "Send invitations"}
        </SubmitButton>
      </DialogActions>
    </form>
  );
}

function toTexts(tags: readonly TagItem[], draft: string): string[] {
  return [...tags, ...splitAddresses(draft)].map(({ text }) => text);
}

function splitAddresses(text: string): TagItem[] {
  return parseAddresses(text).map((parsed) =>
    "address" in parsed
      ? { text: parsed.address }
      : { text: parsed.text, error: INVALID_ADDRESS_MESSAGES[parsed.reason] },
  );
}

function toInvalidTag({ text, status }: InviteeResult): TagItem {
  return { text, error: INVITEE_STATUS_MESSAGES[status] };
}
