"use client";

import { type SubmitEvent, useState, useTransition } from "react";
import { type Gift, GiftFields } from "@/components/members/gift-fields";
import type { Act } from "@/components/members/use-profile";
import { Button } from "@/components/ui/button";
import { FormError, Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import type { Profile } from "@/lib/admin/queries/profile";
import { changeUser } from "@/lib/admin/user-actions";
import { OBSTACLE_MESSAGES } from "@/lib/members/messages";
import { ROLE_HINTS, ROLE_NAMES } from "@/lib/permissions/roles";

type Props = { organization: string; profile: Profile; act: Act };

/** Role and access policies: a form for whoever may change them, also while the person is invited (REQ-B7); else what they are. */
export function ProfileAccess({ organization, profile, act }: Props) {
  const change = profile.moves.find(({ move }) => move === "change");
  return (
    <section className="panel" aria-labelledby="profile-access">
      <h2 id="profile-access">Role and access policies</h2>
      {change?.isHeld && !change.obstacle ? (
        <AccessForm organization={organization} profile={profile} act={act} />
      ) : (
        <>
          <Held profile={profile} />
          {change?.isHeld && change.obstacle ? <p>{OBSTACLE_MESSAGES[change.obstacle]}</p> : null}
        </>
      )}
    </section>
  );
}

function AccessForm({ organization, profile, act }: Props) {
  const { user, version, isLastOwner } = profile;
  const held = profile.policies.filter((policy) => policy.held).map(({ id }) => id);
  const stands: Gift = { role: user.role, policies: held };
  const [draft, setDraft] = useState<{ gift: Gift; from: string } | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [pending, start] = useTransition();
  // A choice counts for what was on screen when it was made: once that is another, it is made anew.
  const from = keyOf(stands);
  const gift = draft?.from === from ? draft.gift : stands;
  const isChanged = keyOf(gift) !== from;
  const isOvertaken = draft !== null && draft.from !== from;

  const save = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (!isChanged) return;
    start(async () => {
      const sent = { organization, member: user.id, version, role: gift.role, policies: [...gift.policies] };
      const problem = await act(() => changeUser(sent), "Role and access policies saved");
      setError(problem);
      if (problem === null) setDraft(null);
    });
  };
  return (
    <form className="form" onSubmit={save}>
      <FormError>{error}</FormError>
      {isOvertaken ? (
        <Notice tone="warn" announce title="Changed by somebody else meanwhile">
          What you chose is not saved. This is how it stands now; choose again.
        </Notice>
      ) : null}
      <GiftFields
        roles={profile.roles}
        policies={profile.policies.map((policy) => ({
          ...policy,
          isOutOfReach: !policy.held && !policy.mayGive,
        }))}
        gift={gift}
        onChange={(next) => setDraft({ gift: next, from })}
        roleIsFixed={isLastOwner ? OBSTACLE_MESSAGES["last-owner"] : undefined}
      />
      {user.invitation ? <p className="field-hint">The invitation’s link and code stay the same.</p> : null}
      <div className="form-actions">
        <SubmitButton pending={pending} disabledReason={isChanged ? undefined : "Nothing is changed yet"}>
          Save changes
        </SubmitButton>
        {isChanged ? (
          <Button
            onClick={() => {
              setDraft(null);
              setError(null);
            }}
          >
            Discard
          </Button>
        ) : null}
      </div>
    </form>
  );
}

/** The same gift has the same key, in whatever order its policies are. */
function keyOf({ role, policies }: Gift): string {
  return [role, ...[...policies].sort()].join();
}

function Held({ profile }: { profile: Profile }) {
  const policies = profile.policies.filter((policy) => policy.held);
  const { role } = profile.user;
  return (
    <dl className="held">
      <dt>Role</dt>
      <dd>
        {ROLE_NAMES[role]} <span className="field-hint">{ROLE_HINTS[role]}</span>
      </dd>
      <dt>Access policies</dt>
      {policies.map(({ id, name, permissions }) => (
        <dd key={id}>
          {name} <span className="field-hint">Grants {permissions.join(", ") || "nothing"}</span>
        </dd>
      ))}
      {policies.length === 0 ? <dd>None</dd> : null}
    </dl>
  );
}
