"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type ReactNode, type RefObject, useEffect } from "react";
import { Controller, useController, useForm } from "react-hook-form";
import { LanguageField } from "@/components/invitations/language-field";
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
import type { Locale } from "@/lib/i18n/locales";
import type { Translator } from "@/lib/i18n/messages";
import type { InviteeResult } from "@/lib/invitations/commands/invite";
import { INVITEE_STATUS_MESSAGES } from "@/lib/invitations/messages";

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
type InviteValues = { addresses: TagItem[]; draft: string; access: RoleAndPolicies; language: Locale };

/**
 * Addresses, role and policies. Addresses that were not invited stay in the form with their reason (REQ-B3).
 */
export default function InviteForm({ organization, options, summary, input, onDirty, onResults }: Props) {
  const t = useTranslations();
  const form = useForm<InviteValues>({
    defaultValues: {
      addresses: [],
      draft: "",
      language: options.language,
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
    rules: {
      validate: (tags, { draft }) =>
        toTexts(tags, draft).length > 0 || t("admin.invitations.invite.noAddress"),
    },
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
        language: values.language,
      }),
    unreachableMessage: t("admin.invitations.unreachable"),
    onSuccess: ({ results, invitations, users }, { access, language }) => {
      // Refused addresses stay, to be corrected and sent again with the same role and policies. They count as
      // unsaved input.
      const failed = results
        .filter(({ invitationId }) => !invitationId)
        .map(({ text, status }) => ({
          text,
          error: t(INVITEE_STATUS_MESSAGES[status]),
        }));
      reset({ addresses: failed, draft: "", access, language }, { keepDefaultValues: true });
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
          label={t("admin.invitations.invite.email")}
          hint={t("admin.invitations.invite.hint")}
          error={fieldState.error?.message}
          tags={addresses.value}
          onChange={addresses.onChange}
          parse={(text) => toTags(t, text)}
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
        <LanguageField control={control} name="language" />
      </DialogBody>
      <DialogActions>
        <DialogCancel />
        <SubmitButton pending={pending}>
          {t("admin.invitations.invite.submit", { count: validCount })}
        </SubmitButton>
      </DialogActions>
    </form>
  );
}

function toTexts(tags: readonly TagItem[], draft: string): string[] {
  const drafts = parseAddresses(draft).map((parsed) => ("address" in parsed ? parsed.address : parsed.text));
  return [...tags.map(({ text }) => text), ...drafts];
}

function toTags(t: Translator, text: string): TagItem[] {
  return parseAddresses(text).map((parsed) =>
    "address" in parsed
      ? { text: parsed.address }
      : { text: parsed.text, error: t(INVITEE_STATUS_MESSAGES[parsed.reason]) },
  );
}
