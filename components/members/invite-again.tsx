"use client";

import { type SubmitEvent, useState, useTransition } from "react";
import { type RoleAndPolicies, RoleAndPolicyFields } from "@/components/members/role-and-policy-fields";
import type { RunAction } from "@/components/members/use-profile";
import { FormError } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import type { InviteOptions } from "@/lib/admin/queries/invite-options";
import type { Profile } from "@/lib/admin/queries/profile";
import { inviteMemberAgainAction } from "@/lib/admin/user-actions";

type Props = {
  organization: { slug: string };
  profile: Profile;
  options: InviteOptions;
  runAction: RunAction;
};

/** Invites a removed user again, with a new role and new policies (REQ-C7). */
export function InviteAgain({ organization, profile, options, runAction }: Props) {
  const { id, email } = profile.user;
  const [access, setAccess] = useState<RoleAndPolicies>({
    role: options.defaultRole,
    policies: options.policies.filter(({ isDefault }) => isDefault).map((policy) => policy.id),
  });
  const [error, setError] = useState<string | null>(null);
  const [pending, start] = useTransition();
  const send = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    start(async () => {
      const input = {
        organization: organization.slug,
        member: id,
        role: access.role,
        policies: [...access.policies],
      };
      setError(await runAction(() => inviteMemberAgainAction(input), `${email} is invited again`));
    });
  };
  return (
    <form className="form action-row-form" onSubmit={send}>
      <p>
        {email} has no place here now. A new invitation brings them back, with the role and the access
        policies that you choose for it.
      </p>
      <FormError>{error}</FormError>
      <RoleAndPolicyFields
        roles={options.roles}
        policies={options.policies.map(({ isGrantable, ...policy }) => ({
          ...policy,
          isDisabled: !isGrantable,
        }))}
        value={access}
        onChange={setAccess}
      />
      <div className="form-actions">
        <SubmitButton pending={pending}>Invite again</SubmitButton>
      </div>
    </form>
  );
}
