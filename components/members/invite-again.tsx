"use client";

import { Controller, useForm } from "react-hook-form";
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

type Props = {
  organization: { slug: string };
  profile: Profile;
  options: InviteOptions;
  showUpdate: ShowUpdate;
};

/** Invites a removed user again, with a new role and new policies (REQ-C7). */
export function InviteAgain({ organization, profile, options, showUpdate }: Props) {
  const { id, email } = profile.user;
  const form = useForm<{ access: RoleAndPolicies }>({
    defaultValues: {
      access: {
        role: options.defaultRole,
        policies: options.policies.filter(({ isDefault }) => isDefault).map((policy) => policy.id),
      },
    },
  });
  const { submit, pending, message } = useActionSubmit(form, {
    action: ({ access: { role, policies } }) =>
      inviteMemberAgainAction({ organization: organization.slug, member: id, role, policies: [...policies] }),
    onSuccess: (updated) => showUpdate(updated, `${email} is invited again`),
  });
  return (
    <form className={`${formStyles.form} ${actionRowStyles.form}`} onSubmit={submit}>
      <p>
        {email} has no place here now. A new invitation brings them back, with the role and the access
        policies that you choose for it.
      </p>
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
      <div className={formStyles.actions}>
        <SubmitButton pending={pending}>Invite again</SubmitButton>
      </div>
    </form>
  );
}
