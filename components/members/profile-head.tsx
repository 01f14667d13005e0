"use client";

import { useTranslations } from "next-intl";
import { InvitationActions, type InvitationPermissions } from "@/components/invitations/invitation-actions";
import styles from "@/components/members/profile-head.module.css";
import { useApplyRows } from "@/components/members/row-updates";
import type { RunAction } from "@/components/members/use-profile";
import { UserStatusBadge } from "@/components/members/user-status";
import { BackLink } from "@/components/ui/back-link";
import { Button } from "@/components/ui/button";
import { Count } from "@/components/ui/count";
import { Notice } from "@/components/ui/notice";
import { Timestamp } from "@/components/ui/timestamp";
import { useToast } from "@/components/ui/toast";
import type { Profile } from "@/lib/admin/queries/profile";
import { resumeEmailsAction, vouchForAddressAction } from "@/lib/admin/user-actions";

type Props = {
  organization: string;
  profile: Profile;
  invitationPermissions: InvitationPermissions;
  mayVouch: boolean;
  runAction: RunAction;
};

/** Name, status and dates of the user, with the menu of an open invitation (REQ-C2). */
export function ProfileHead({ organization, profile, invitationPermissions, mayVouch, runAction }: Props) {
  const t = useTranslations();
  const { user, joinedAt } = profile;
  const hasJoined = user.status === "active" || user.status === "blocked";
  return (
    <header className={styles.header}>
      <BackLink href={`/o/${organization}/admin/users`}>{t("admin.users.profile.back")}</BackLink>
      <div className={styles.name}>
        <h1>{user.name || user.email}</h1>
        {profile.isActor ? <Count>{t("admin.users.profile.you")}</Count> : null}
        {user.invitation ? (
          <InvitationActions
            menuOnly
            organization={organization}
            invitation={{
              ...user.invitation,
              email: user.email,
              memberId: user.id,
              emailSuppression: user.emailSuppression,
              status: user.status === "invited" ? "pending" : "expired",
            }}
            may={invitationPermissions}
          />
        ) : null}
      </div>
      <dl className={styles.details} data-slot="profile-details">
        <div>
          <dt>{t("admin.users.profile.status")}</dt>
          <dd>
            <UserStatusBadge row={user} />
          </dd>
        </div>
        <div>
          <dt>{t("admin.users.profile.email")}</dt>
          <dd>{user.email}</dd>
        </div>
        {user.status === "removed" ? null : (
          <div>
            <dt>{t("admin.users.profile.role")}</dt>
            <dd>{t(`common.roles.${user.role}`)}</dd>
          </div>
        )}
        {joinedAt ? (
          <div>
            <dt>{t("admin.users.profile.joined")}</dt>
            <dd>
              <Timestamp at={joinedAt} now={user.now} />
            </dd>
          </div>
        ) : null}
        {hasJoined ? (
          <div>
            <dt>{t("admin.users.profile.lastActive")}</dt>
            <dd>
              {user.lastActiveAt ? (
                <Timestamp at={user.lastActiveAt} now={user.now} />
              ) : (
                t("admin.users.never")
              )}
            </dd>
          </div>
        ) : null}
      </dl>
      {hasJoined && !user.addressConfirmed ? (
        <UnconfirmedAddress organization={organization} profile={profile} mayVouch={mayVouch} />
      ) : null}
      {user.emailSuppression ? (
        <PausedEmails
          organization={organization}
          profile={profile}
          canResume={invitationPermissions["users:update"]}
          runAction={runAction}
        />
      ) : null}
    </header>
  );
}

function PausedEmails({
  organization,
  profile: { user },
  canResume,
  runAction,
}: Pick<Props, "organization" | "profile" | "runAction"> & { canResume: boolean }) {
  const t = useTranslations();
  const toast = useToast();
  const resume = async () => {
    const callAction = () => resumeEmailsAction({ organization, member: user.id });
    const done = t("admin.users.profile.paused.resumed", { email: user.email });
    const error = await runAction(callAction, done);
    if (error) toast({ title: t("admin.users.profile.paused.failed"), description: error, tone: "bad" });
  };
  return (
    <Notice
      tone="warn"
      title={t("admin.users.profile.paused.title")}
      action={
        canResume ? (
          <Button size="small" onClick={resume}>
            {t("admin.users.profile.paused.resume")}
          </Button>
        ) : null
      }
    >
      {t(`admin.users.profile.paused.${user.emailSuppression ?? "bounced"}`)}
    </Notice>
  );
}

function UnconfirmedAddress({
  organization,
  profile,
  mayVouch,
}: Omit<Props, "invitationPermissions" | "runAction">) {
  const t = useTranslations();
  const { id, email, name } = profile.user;
  const toast = useToast();
  const applyRows = useApplyRows();
  const vouch = async () => {
    const result = await vouchForAddressAction({ organization, member: id }).catch(() => null);
    if (result?.ok) applyRows({ invitations: [], users: result.value.users });
    toast(
      result?.ok
        ? { title: t("admin.users.confirmAddress.done", { email }), tone: "ok" }
        : {
            title: t("admin.users.confirmAddress.failed"),
            description: result?.message ?? t("errors.actions.unreachable"),
            tone: "bad",
          },
    );
  };
  return (
    <Notice
      tone="warn"
      title={t("admin.users.profile.unconfirmed.title")}
      action={
        mayVouch ? (
          <Button
            size="small"
            onClick={vouch}
            aria-label={t("admin.users.confirmAddress.actionFor", { user: name })}
          >
            {t("admin.users.confirmAddress.action")}
          </Button>
        ) : null
      }
    >
      {t("admin.users.profile.unconfirmed.hint")}
    </Notice>
  );
}
