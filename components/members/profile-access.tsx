"use client";

import { useEffectEvent, useLayoutEffect, useRef, useState } from "react";
import { Controller, useForm } from "react-hook-form";
import styles from "@/components/members/profile-access.module.css";
import { type RoleAndPolicies, RoleAndPolicyFields } from "@/components/members/role-and-policy-fields";
import type { ShowUpdate } from "@/components/members/use-profile";
import { Button } from "@/components/ui/button";
import listStyles from "@/components/ui/description-list.module.css";
import fieldStyles from "@/components/ui/field.module.css";
import formStyles from "@/components/ui/form.module.css";
import { FormError, Notice } from "@/components/ui/notice";
import panelStyles from "@/components/ui/panel.module.css";
import { SubmitButton } from "@/components/ui/submit-button";
import { useActionSubmit } from "@/components/ui/use-action-submit";
import type { Profile } from "@/lib/admin/queries/profile";
import { updateMemberAction } from "@/lib/admin/user-actions";
import { MEMBER_ACTION_MESSAGES } from "@/lib/members/messages";
import { ROLE_HINTS, ROLE_NAMES } from "@/lib/permissions/roles";

type Props = { organization: string; profile: Profile; showUpdate: ShowUpdate };

/**
 * Role and access policies: a form if the actor can change them, even before the user has joined (REQ-B7).
 */
export function ProfileAccess({ organization, profile, showUpdate }: Props) {
  const change = profile.actions.find(({ action }) => action === "change");
  return (
    <section className={`${panelStyles.panel} ${styles.panel}`} aria-labelledby="profile-access">
      <h2 id="profile-access">Role and access policies</h2>
      {change?.isPermitted && !change.reason ? (
        <AccessForm organization={organization} profile={profile} showUpdate={showUpdate} />
      ) : (
        <>
          <CurrentAccess profile={profile} />
          {change?.isPermitted && change.reason ? <p>{MEMBER_ACTION_MESSAGES[change.reason]}</p> : null}
        </>
      )}
    </section>
  );
}

function AccessForm({ organization, profile, showUpdate }: Props) {
  const { user, version, isLastOwner } = profile;
  const assigned = profile.policies.filter((policy) => policy.isAssigned).map(({ id }) => id);
  const current: RoleAndPolicies = { role: user.role, policies: assigned };
  const form = useForm({ defaultValues: { access: current } });
  const {
    control,
    reset,
    formState: { isDirty },
  } = form;
  // Unsaved choices are discarded if someone else changes what they were based on.
  const [isOutdated, setOutdated] = useState(false);
  const currentKey = keyOf(current);
  const shownKey = useRef(currentKey);
  const showCurrent = useEffectEvent(() => {
    if (isDirty) setOutdated(true);
    reset({ access: current });
  });
  useLayoutEffect(() => {
    if (shownKey.current === currentKey) return;
    shownKey.current = currentKey;
    showCurrent();
  }, [currentKey]);

  const { submit, pending, message } = useActionSubmit(form, {
    action: ({ access: { role, policies } }) =>
      updateMemberAction({ organization, member: user.id, version, role, policies: [...policies] }),
    onSuccess: (updated, values) => {
      reset(values);
      showUpdate(updated, "Role and access policies saved");
    },
  });
  return (
    <form className={formStyles.form} onSubmit={submit}>
      <FormError>{message}</FormError>
      {isOutdated ? (
        <Notice tone="warn" announce title="Someone else changed this user">
          Your changes weren’t saved. Review the current access and choose again.
        </Notice>
      ) : null}
      <Controller
        control={control}
        name="access"
        render={({ field: { value, onChange } }) => (
          <RoleAndPolicyFields
            roles={profile.roles}
            policies={profile.policies.map((policy) => ({
              ...policy,
              isDisabled: !policy.isAssigned && !policy.isGrantable,
            }))}
            value={value}
            onChange={(next) => {
              setOutdated(false);
              onChange(next);
            }}
            fixedRoleReason={isLastOwner ? MEMBER_ACTION_MESSAGES["last-owner"] : undefined}
          />
        )}
      />
      {user.invitation ? (
        <p className={fieldStyles.hint}>The invitation’s link and code stay the same.</p>
      ) : null}
      <div className={formStyles.actions}>
        <SubmitButton pending={pending} disabledReason={isDirty ? undefined : "Nothing is changed yet"}>
          Save changes
        </SubmitButton>
        {isDirty ? <Button onClick={() => reset()}>Discard</Button> : null}
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
    <dl className={listStyles.list}>
      <dt>Role</dt>
      <dd>
        {ROLE_NAMES[role]} <span className={listStyles.detail}>{ROLE_HINTS[role]}</span>
      </dd>
      <dt>Access policies</dt>
      {policies.map(({ id, name, permissions }) => (
        <dd key={id}>
          {name} <span className={listStyles.detail}>Grants {permissions.join(", ") || "nothing"}</span>
        </dd>
      ))}
      {policies.length === 0 ? <dd>None</dd> : null}
    </dl>
  );
}
