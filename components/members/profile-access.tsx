"use client";

import { type SubmitEvent, useState, useTransition } from "react";
import { type RoleAndPolicies, RoleAndPolicyFields } from "@/components/members/role-and-policy-fields";
import type { RunAction } from "@/components/members/use-profile";
import { Button } from "@/components/ui/button";
import { FormError, Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import type { Profile } from "@/lib/admin/queries/profile";
import { updateMemberAction } from "@/lib/admin/user-actions";
import { MEMBER_ACTION_MESSAGES } from "@/lib/members/messages";
import { ROLE_HINTS, ROLE_NAMES } from "@/lib/permissions/roles";

type Props = { organization: string; profile: Profile; runAction: RunAction };

/** Role and access policies: a form if the actor can change them, also while the user is invited (REQ-B7). */
export function ProfileAccess({ organization, profile, runAction }: Props) {
  const change = profile.actions.find(({ action }) => action === "change");
  return (
    <section className="panel" aria-labelledby="profile-access">
      <h2 id="profile-access">Role and access policies</h2>
      {change?.isPermitted && !change.reason ? (
        <AccessForm organization={organization} profile={profile} runAction={runAction} />
      ) : (
        <>
          <CurrentAccess profile={profile} />
          {change?.isPermitted && change.reason ? <p>{MEMBER_ACTION_MESSAGES[change.reason]}</p> : null}
        </>
      )}
    </section>
  );
}

function AccessForm({ organization, profile, runAction }: Props) {
  const { user, version, isLastOwner } = profile;
  const assigned = profile.policies.filter((policy) => policy.isAssigned).map(({ id }) => id);
  const current: RoleAndPolicies = { role: user.role, policies: assigned };
  const [draft, setDraft] = useState<{ access: RoleAndPolicies; basedOn: string } | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [pending, start] = useTransition();
  // A draft is discarded if someone else changes what it was based on.
  const currentKey = keyOf(current);
  const access = draft?.basedOn === currentKey ? draft.access : current;
  const isChanged = keyOf(access) !== currentKey;
  const isOutdated = draft !== null && draft.basedOn !== currentKey;

  const save = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (!isChanged) return;
    start(async () => {
      const { role, policies } = access;
      const input = { organization, member: user.id, version, role, policies: [...policies] };
      const message = await runAction(() => updateMemberAction(input), "Role and access policies saved");
      setError(message);
      if (message === null) setDraft(null);
    });
  };
  return (
    <form className="form" onSubmit={save}>
      <FormError>{error}</FormError>
      {isOutdated ? (
        <Notice tone="warn" announce title="Someone else changed this user">
          Your changes weren’t saved. Review the current access and choose again.
        </Notice>
      ) : null}
      <RoleAndPolicyFields
        roles={profile.roles}
        policies={profile.policies.map((policy) => ({
          ...policy,
          isDisabled: !policy.isAssigned && !policy.isGrantable,
        }))}
        value={access}
        onChange={(next) => setDraft({ access: next, basedOn: currentKey })}
        fixedRoleReason={isLastOwner ? MEMBER_ACTION_MESSAGES["last-owner"] : undefined}
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

/** Returns a key that does not depend on the order of the policies. */
function keyOf({ role, policies }: RoleAndPolicies): string {
  return [role, ...[...policies].sort()].join();
}

function CurrentAccess({ profile }: { profile: Profile }) {
  const policies = profile.policies.filter((policy) => policy.isAssigned);
  const { role } = profile.user;
  return (
    <dl className="access-list">
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
