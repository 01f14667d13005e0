"use client";

import { useTranslations } from "next-intl";
import { Controller, useForm } from "react-hook-form";
import { LanguageField } from "@/components/invitations/language-field";
import { type RoleAndPolicies, RoleAndPolicyFields } from "@/components/members/role-and-policy-fields";
import type { ShowUpdate } from "@/components/members/use-profile";
import actionRowStyles from "@/components/ui/action-row.module.css";
import formStyles from "@/components/ui/form.module.css";
import { FormError } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { useActionSubmit } from "@/components/ui/use-action-submit";
import type { InviteOptions } from "@/lib/admin/queries/invite-options";
import type { Profile } from "@/lib/admin/queries/profile";
import { inviteMemberAgainAction } from "@/lib/admin/user-actions";
import type { Locale } from "@/lib/i18n/locales";

type Props = {
  organization: { slug: string; name: string };
  profile: Profile;
  options: InviteOptions;
  showUpdate: ShowUpdate;
};

/** Invites a removed user again, with a new role and new policies (REQ-C7). */
export function InviteAgain({ organization, profile, options, showUpdate }: Props) {
  const t = useTranslations();
  const { id, email } = profile.user;
  const form = useForm<{ access: RoleAndPolicies; language: Locale }>({
    defaultValues: {
      language: options.language,
      access: {
        role: options.defaultRole,
        policies: options.policies.filter(({ isDefault }) => isDefault).map((policy) => policy.id),
      },
    },
  });
  const { submit, pending, message } = useActionSubmit(form, {
    action: ({ access: { role, policies }, language }) =>
      inviteMemberAgainAction({
        organization: organization.slug,
        member: id,
        role,
        policies: [...policies],
        language,
      }),
    onSuccess: (updated) => showUpdate(updated, t("admin.users.profile.inviteAgain.done", { email })),
  });
  return (
    <form className={`${formStyles.form} ${actionRowStyles.form}`} onSubmit={submit}>
      <p>{t("admin.users.profile.inviteAgain.hint", { email, organization: organization.name })}</p>
      <FormError>{message}</FormError>
      <Controller
        control={form.control}
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
      <LanguageField control={form.control} name="language" />
      <div className={formStyles.actions}>
        <SubmitButton pending={pending}>{t("admin.users.profile.inviteAgain.submit")}</SubmitButton>
      </div>
    </form>
  );
}
