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
import type { ParsedTags, TagItem } from "@/components/ui/tag-list";
import { useActionSubmit } from "@/components/ui/use-action-submit";
import { inviteMembersAction } from "@/lib/admin/invitation-actions";
import type { InviteOptions } from "@/lib/admin/queries/invite-options";
import { displayAddress } from "@/lib/email-address/display-address";
import { findAddresses } from "@/lib/email-address/find-addresses";
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
        toTexts(t, tags, draft).length > 0 ||
        t(tags.length > 0 ? "admin.invitations.invite.confirmFirst" : "admin.invitations.invite.noAddress"),
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
        addresses: toTexts(t, values.addresses, values.draft),
        role: values.access.role,
        policies: [...values.access.policies],
        language: values.language,
        names: namesOf(values.addresses),
      }),
    unreachableMessage: t("admin.invitations.unreachable"),
    onSuccess: ({ results, invitations, users }, { addresses: sent, draft: typed, access, language }) => {
      // Refused addresses stay, to be corrected and sent again with the same role and policies. They count as
      // unsaved input.
      const failed = results
        .filter(({ invitationId }) => !invitationId)
        .map(({ text, status }) => ({
          text,
          error: t(INVITEE_STATUS_MESSAGES[status]),
        }));
      const unconfirmed = [...sent, ...toTags(t, typed).tags].filter(({ suggestion }) => suggestion);
      reset(
        { addresses: [...failed, ...unconfirmed], draft: "", access, language },
        { keepDefaultValues: true },
      );
      addRows({ invitations, users });
      onResults(results.map((result) => ({ ...result, text: displayAddress(result.text) })));
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
          display={displayAddress}
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

/** Returns the texts to invite, without those that need a confirmation first. */
function toTexts(t: Translator, tags: readonly TagItem[], draft: string): string[] {
  return [...tags, ...toTags(t, draft).tags].filter(({ suggestion }) => !suggestion).map(({ text }) => text);
}

/** Returns the names beside the addresses, by address (REQ-B10). */
function namesOf(tags: readonly TagItem[]): Record<string, string> {
  return Object.fromEntries(tags.flatMap(({ text, name, error }) => (name && !error ? [[text, name]] : [])));
}

/** Returns a tag for each address. One that is not certain is offered, not taken over (REQ-B11). */
function toTags(t: Translator, text: string): ParsedTags {
  const { parts, ignoredWords } = findAddresses(text);
  const tags = parts.map((part): TagItem => {
    if ("reason" in part) return { text: part.text, error: t(INVITEE_STATUS_MESSAGES[part.reason]) };
    const name = part.name ?? undefined;
    if (part.certain) return { text: part.address, name };
    const error = t("admin.invitations.invite.suggestion", { address: displayAddress(part.address) });
    return { text: part.text, name, suggestion: part.address, error };
  });
  if (tags.length > 0) return { tags, ignoredWords };
  // Text without any address stays, to be corrected.
  const typed = text.trim();
  return { tags: typed ? [{ text: typed, error: t(INVITEE_STATUS_MESSAGES["no-address"]) }] : [] };
}
