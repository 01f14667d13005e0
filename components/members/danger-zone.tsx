"use client";

import { useTranslations } from "next-intl";
import type { ReactNode, RefObject } from "react";
import { UndoButton } from "@/components/invitations/undo-button";
import styles from "@/components/members/danger-zone.module.css";
import { ConfirmedRow, DangerZoneRow, RevokeRow } from "@/components/members/danger-zone-row";
import { EraseDialog } from "@/components/members/erase-dialog";
import { InviteAgain } from "@/components/members/invite-again";
import { LeaveButton } from "@/components/members/leave-button";
import type { RunAction, ShowUpdate } from "@/components/members/use-profile";
import { Button } from "@/components/ui/button";
import panelStyles from "@/components/ui/panel.module.css";
import { useToast } from "@/components/ui/toast";
import type { Profile } from "@/lib/admin/queries/profile";
import { blockMemberAction, removeMemberAction, unblockMemberAction } from "@/lib/admin/user-actions";
import type { MessageKey } from "@/lib/i18n/messages";
import type { MemberAction } from "@/lib/members/member-actions";
import { LEAVE_MESSAGES, MEMBER_ACTION_MESSAGES } from "@/lib/members/messages";

type Props = {
  organization: { slug: string; name: string };
  profile: Profile;
  showUpdate: ShowUpdate;
  runAction: RunAction;
  /** Only Owners can erase personal data. */
  mayErase: boolean;
  /** Gets the focus when the pressed button disappears. */
  heading: RefObject<HTMLHeadingElement | null>;
};

/** The actions that end or restore a user's access (REQ-F2); nothing if the actor is not permitted any. */
export function DangerZone(props: Props) {
  const t = useTranslations();
  const { profile, heading } = props;
  const revokeReason = disabledReasonFor(profile, "revoke");
  const { user, isActor, undoInvitationId } = profile;
  const isPermitted = (action: MemberAction) =>
    profile.actions.some((candidate) => candidate.action === action && candidate.isPermitted);
  const isSelf = isActor && user.status === "active";
  // `change` has its own form, `ProfileAccess`.
  const actionRows: Record<Exclude<MemberAction, "change">, ReactNode> = {
    invite: profile.inviteOptions && <InviteAgain key="invite" {...props} options={profile.inviteOptions} />,
    revoke: user.invitation && isPermitted("revoke") && (
      <RevokeRow
        key="revoke"
        organization={props.organization.slug}
        invitation={{ id: user.invitation.id, email: user.email }}
        disabledReason={revokeReason && t(revokeReason)}
      />
    ),
    block: isPermitted("block") && !isSelf && <BlockRow key="block" {...props} />,
    unblock: isPermitted("unblock") && <UnblockRow key="unblock" {...props} />,
    remove: isPermitted("remove") && !isSelf && <RemoveRow key="remove" {...props} />,
  };
  const rows: ReactNode[] = [
    isSelf && (
      <DangerZoneRow
        key="leave"
        title={t("home.leave.action")}
        text={
          profile.isLastOwner
            ? t(LEAVE_MESSAGES["last-owner"])
            : t("admin.users.profile.endAccess.leave", { organization: props.organization.name })
        }
      >
        <LeaveButton organization={props.organization} isLastOwner={profile.isLastOwner} />
      </DangerZoneRow>
    ),
    undoInvitationId && (
      <UndoRevokeRow key="undo" {...props} invitation={{ id: undoInvitationId, email: user.email }} />
    ),
    ...Object.values(actionRows),
  ].filter(Boolean);
  return (
    <>
      {rows.length > 0 ? (
        <section
          className={`${panelStyles.panel} ${styles.dangerZone}`}
          aria-labelledby="profile-danger-zone"
        >
          <h2 id="profile-danger-zone" ref={heading} tabIndex={-1}>
            {t(
              profile.inviteOptions
                ? "admin.users.profile.inviteAgain.title"
                : "admin.users.profile.endAccess.title",
            )}
          </h2>
          {rows}
        </section>
      ) : null}
      {props.mayErase && user.status === "removed" ? (
        <section className={`${panelStyles.panel} ${styles.dangerZone}`} aria-labelledby="profile-erase">
          <h2 id="profile-erase">{t("admin.users.profile.erase.heading")}</h2>
          <DangerZoneRow
            title={t("admin.users.profile.erase.action")}
            text={t("admin.users.profile.erase.text")}
          >
            <EraseDialog organization={props.organization} member={user} />
          </DangerZoneRow>
        </section>
      ) : null}
    </>
  );
}

/** Returns the message that says why a permitted action is disabled, or undefined if it is not. */
function disabledReasonFor(profile: Profile, action: MemberAction): MessageKey | undefined {
  const reason = profile.actions.find((candidate) => candidate.action === action)?.reason;
  return reason ? MEMBER_ACTION_MESSAGES[reason] : undefined;
}

function displayNameOf({ user }: Profile): string {
  return user.name || user.email;
}

function UndoRevokeRow({ organization, invitation }: Props & { invitation: { id: string; email: string } }) {
  const t = useTranslations();
  return (
    <DangerZoneRow
      title={t("admin.users.profile.endAccess.undo.title")}
      text={t("admin.users.profile.endAccess.undo.hint")}
    >
      <UndoButton organization={organization.slug} invitation={invitation} />
    </DangerZoneRow>
  );
}

function BlockRow({ organization, profile, runAction, heading }: Props) {
  const t = useTranslations();
  const user = displayNameOf(profile);
  const reason = disabledReasonFor(profile, "block");
  return (
    <ConfirmedRow
      title={t("admin.users.profile.endAccess.block.action")}
      text={t("admin.users.profile.endAccess.block.hint")}
      dialogTitle={t("admin.users.profile.endAccess.block.title", { user })}
      dialogDescription={t("admin.users.profile.endAccess.block.confirmation", {
        user,
        organization: organization.name,
      })}
      disabledReason={reason && t(reason)}
      onConfirm={() =>
        runAction(
          () => blockMemberAction({ organization: organization.slug, member: profile.user.id }),
          t("admin.users.profile.endAccess.block.done", { user }),
        )
      }
      finalFocus={heading}
    />
  );
}

function UnblockRow({ organization, profile, runAction }: Props) {
  const t = useTranslations();
  const toast = useToast();
  const reason = disabledReasonFor(profile, "unblock");
  const unblock = async () => {
    const input = { organization: organization.slug, member: profile.user.id };
    const done = t("admin.users.profile.endAccess.unblock.done", { user: displayNameOf(profile) });
    const error = await runAction(() => unblockMemberAction(input), done);
    if (error)
      toast({ title: t("admin.users.profile.endAccess.unblock.failed"), description: error, tone: "bad" });
  };
  return (
    <DangerZoneRow
      title={t("admin.users.profile.endAccess.unblock.action")}
      text={t("admin.users.profile.endAccess.unblock.hint")}
    >
      <Button onClick={unblock} disabledReason={reason && t(reason)}>
        {t("admin.users.profile.endAccess.unblock.action")}
      </Button>
    </DangerZoneRow>
  );
}

function RemoveRow({ organization, profile, runAction, heading }: Props) {
  const t = useTranslations();
  const user = displayNameOf(profile);
  const reason = disabledReasonFor(profile, "remove");
  return (
    <ConfirmedRow
      title={t("admin.users.profile.endAccess.remove.action")}
      text={t("admin.users.profile.endAccess.remove.hint")}
      dialogTitle={t("admin.users.profile.endAccess.remove.title", { user })}
      dialogDescription={t("admin.users.profile.endAccess.remove.confirmation", {
        user,
        organization: organization.name,
      })}
      disabledReason={reason && t(reason)}
      onConfirm={() =>
        runAction(
          () => removeMemberAction({ organization: organization.slug, member: profile.user.id }),
          t("admin.users.profile.endAccess.remove.done", { user }),
        )
      }
      finalFocus={heading}
    />
  );
}
