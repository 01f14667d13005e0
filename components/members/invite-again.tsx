"use client";

import { type SubmitEvent, useState, useTransition } from "react";
import { type Gift, GiftFields } from "@/components/members/gift-fields";
import type { Act } from "@/components/members/use-profile";
import { FormError } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import type { InviteOptions } from "@/lib/admin/queries/invite-options";
import type { Profile } from "@/lib/admin/queries/profile";
import { inviteUserAgain } from "@/lib/admin/user-actions";

type Props = { organization: { slug: string }; profile: Profile; options: InviteOptions; act: Act };

/** **Invite again**: a new invitation with a role and policies of its own (REQ-C7). */
export function InviteAgain({ organization, profile, options, act }: Props) {
  const { id, email } = profile.user;
  const [gift, setGift] = useState<Gift>({
    role: options.defaultRole,
    policies: options.policies.filter((one) => one.isDefault).map((one) => one.id),
  });
  const [error, setError] = useState<string | null>(null);
  const [pending, start] = useTransition();
  const send = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    start(async () => {
      const sent = {
        organization: organization.slug,
        member: id,
        role: gift.role,
        policies: [...gift.policies],
      };
      setError(await act(() => inviteUserAgain(sent), `${email} is invited again`));
    });
  };
  return (
    <form className="form ending-form" onSubmit={send}>
      <p>
        {email} has no place here now. A new invitation brings them back, with the role and the access
        policies that you choose for it.
      </p>
      <FormError>{error}</FormError>
      <GiftFields
        roles={options.roles}
        policies={options.policies.map(({ mayGive, ...policy }) => ({ ...policy, isOutOfReach: !mayGive }))}
        gift={gift}
        onChange={setGift}
      />
      <div className="form-actions">
        <SubmitButton pending={pending}>Invite again</SubmitButton>
      </div>
    </form>
  );
}
