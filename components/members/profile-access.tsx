"use client";

import { useTranslations } from "next-intl";
import { useEffectEvent, useLayoutEffect, useRef, useState } from "react";
import { Controller, useForm } from "react-hook-form";
import styles from "@/components/members/profile-access.module.css";
import {
  PolicyGrants,
  type RoleAndPolicies,
  RoleAndPolicyFields,
} from "@/components/members/role-and-policy-fields";
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

type Props = { organization: string; profile: Profile; showUpdate: ShowUpdate };

/**
 * Role and access policies: a form if the actor can change them, even before the user has joined (REQ-B7).
 */
export function ProfileAccess({ organization, profile, showUpdate }: Props) {
  const t = useTranslations();
  const change = profile.actions.find(({ action }) => action === "change");
  return (
    <section className={`${panelStyles.panel} ${styles.panel}`} aria-labelledby="profile-access">
      <h2 id="profile-access">{t("admin.users.profile.access.title")}</h2>
      {change?.isPermitted && !change.reason ? (
        <AccessForm organization={organization} profile={profile} showUpdate={showUpdate} />
      ) : (
        <>
          <CurrentAccess profile={profile} />
          {change?.isPermitted && change.reason ? <p>{t(MEMBER_ACTION_MESSAGES[change.reason])}</p> : null}
        </>
      )}
    </section>
  );
}

function AccessForm({ organization, profile, showUpdate }: Props) {
  const t = useTranslations();
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
      showUpdate(updated, t("admin.users.profile.access.saved"));
    },
  });
  return (
    <form className={formStyles.form} onSubmit={submit}>
      <FormError>{message}</FormError>
      {isOutdated ? (
        <Notice tone="warn" announce title={t("admin.users.profile.access.outdatedTitle")}>
          {t("admin.users.profile.access.outdatedHint")}
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
            fixedRoleReason={isLastOwner ? t(MEMBER_ACTION_MESSAGES["last-owner"]) : undefined}
          />
        )}
      />
      {user.invitation ? (
        <p className={fieldStyles.hint}>{t("admin.users.profile.access.linkKept")}</p>
      ) : null}
      <div className={formStyles.actions}>
        <SubmitButton
          pending={pending}
          disabledReason={isDirty ? undefined : t("admin.users.profile.access.noChanges")}
        >
          {t("admin.users.profile.access.save")}
        </SubmitButton>
        {isDirty ? <Button onClick={() => reset()}>{t("admin.users.profile.access.discard")}</Button> : null}
      </div>
    </form>
  );
}

/** Returns a key that does not depend on the order of the policies. */
function keyOf({ role, policies }: RoleAndPolicies): string {
  return [role, ...[...policies].sort()].join();
}

function CurrentAccess({ profile }: { profile: Profile }) {
  const t = useTranslations();
  const policies = profile.policies.filter((policy) => policy.isAssigned);
  const { role } = profile.user;
  return (
    <dl className={listStyles.list}>
      <dt>{t("admin.users.profile.access.role")}</dt>
      <dd>
        {t(`common.roles.${role}`)}{" "}
        <span className={listStyles.detail}>{t(`admin.permissions.roleHint.${role}`)}</span>
      </dd>
      <dt>{t("admin.users.profile.access.policies")}</dt>
      {policies.map(({ id, name, permissions }) => (
        <dd key={id}>
          {name}{" "}
          <span className={listStyles.detail}>
            <PolicyGrants permissions={permissions} />
          </span>
        </dd>
      ))}
      {policies.length === 0 ? <dd>{t("admin.users.profile.access.noPolicies")}</dd> : null}
    </dl>
  );
}
