"use client";

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
import type { EmailSuppression } from "@/lib/mail/bounces";
import { ROLE_NAMES } from "@/lib/permissions/roles";

type Props = {
  organization: string;
  profile: Profile;
  invitationPermissions: InvitationPermissions;
  mayVouch: boolean;
  runAction: RunAction;
};

/** Name, status and dates of the user, with the menu of an open invitation (REQ-C2). */
export function ProfileHead({ organization, profile, invitationPermissions, mayVouch, runAction }: Props) {
  const { user, joinedAt } = profile;
  const hasJoined = user.status === "active" || user.status === "blocked";
  return (
    <header className={styles.header}>
      <BackLink href={`/o/${organization}/admin/users`}>Users</BackLink>
      <div className={styles.name}>
        <h1>{user.name || user.email}</h1>
        {profile.isActor ? <Count>You</Count> : null}
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
          <dt>Status</dt>
          <dd>
            <UserStatusBadge row={user} />
          </dd>
        </div>
        <div>
          <dt>Email</dt>
          <dd>{user.email}</dd>
        </div>
        {user.status === "removed" ? null : (
          <div>
            <dt>Role</dt>
            <dd>{ROLE_NAMES[user.role]}</dd>
          </div>
        )}
        {joinedAt ? (
          <div>
            <dt>Joined</dt>
            <dd>
              <Timestamp at={joinedAt} now={user.now} />
            </dd>
          </div>
        ) : null}
        {hasJoined ? (
          <div>
            <dt>Last active</dt>
            <dd>{user.lastActiveAt ? <Timestamp at={user.lastActiveAt} now={user.now} /> : "Never"}</dd>
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
  const toast = useToast();
  const resume = async () => {
    const callAction = () => resumeEmailsAction({ organization, member: user.id });
    const error = await runAction(callAction, `Emails to ${user.email} resumed`);
    if (error) toast({ title: "Nothing was changed", description: error, tone: "bad" });
  };
  return (
    <Notice
      tone="warn"
      title="Emails paused"
      action={
        canResume ? (
          <Button size="small" onClick={resume}>
            Resume emails
          </Button>
        ) : null
      }
    >
      {PAUSED_REASONS[user.emailSuppression ?? "bounced"]}
    </Notice>
  );
}

const PAUSED_REASONS: Record<EmailSuppression, string> = {
  bounced:
    "An email bounced, so invitations aren't sent here. Copy the link, or resume emails if the address is right.",
  complained:
    "An email was marked as spam, so invitations aren't sent here. Copy the link, or resume emails if they want them.",
};

function UnconfirmedAddress({
  organization,
  profile,
  mayVouch,
}: Omit<Props, "invitationPermissions" | "runAction">) {
  const { id, email, name } = profile.user;
  const toast = useToast();
  const applyRows = useApplyRows();
  const vouch = async () => {
    const result = await vouchForAddressAction({ organization, member: id }).catch(() => null);
    if (result?.ok) applyRows({ invitations: [], users: result.value.users });
    toast(
      result?.ok
        ? { title: `You vouched for ${email}`, tone: "ok" }
        : { title: "Not confirmed", description: result?.message ?? "Try again.", tone: "bad" },
    );
  };
  return (
    <Notice
      tone="warn"
      title="Address not confirmed"
      action={
        mayVouch ? (
          <Button size="small" onClick={vouch} aria-label={`Vouch for the address of ${name}`}>
            Vouch
          </Button>
        ) : null
      }
    >
      They joined without the mailed link and have a Member’s rights until they confirm from their mailbox, or
      an Owner vouches.
    </Notice>
  );
}
