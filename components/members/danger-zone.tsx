"use client";

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
  const { profile, heading } = props;
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
        disabledReason={disabledReasonFor(profile, "revoke")}
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
        title="Leave organization"
        text={
          profile.isLastOwner
            ? LEAVE_MESSAGES["last-owner"]
            : `You lose your place in ${props.organization.name}; only a new invitation brings you back.`
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
            {profile.inviteOptions ? "Invite again" : "Access"}
          </h2>
          {rows}
        </section>
      ) : null}
      {props.mayErase && user.status === "removed" ? (
        <section className={`${panelStyles.panel} ${styles.dangerZone}`} aria-labelledby="profile-erase">
          <h2 id="profile-erase">Personal data</h2>
          <DangerZoneRow
            title="Erase personal data"
            text="Permanently deletes name, address, invitations and emails. Activity is kept without the name."
          >
            <EraseDialog organization={props.organization.slug} member={user} />
          </DangerZoneRow>
        </section>
      ) : null}
    </>
  );
}

/** Returns the message why a permitted action is disabled, or undefined if it is not. */
function disabledReasonFor(profile: Profile, action: MemberAction): string | undefined {
  const reason = profile.actions.find((candidate) => candidate.action === action)?.reason;
  return reason ? MEMBER_ACTION_MESSAGES[reason] : undefined;
}

function displayNameOf({ user }: Profile): string {
  return user.name || user.email;
}

function UndoRevokeRow({ organization, invitation }: Props & { invitation: { id: string; email: string } }) {
  return (
    <DangerZoneRow
      title="Invitation revoked"
      text="For ten minutes you can take that back: the same link, the same expiry."
    >
      <UndoButton organization={organization.slug} invitation={invitation} />
    </DangerZoneRow>
  );
}

function BlockRow({ organization, profile, runAction, heading }: Props) {
  const person = displayNameOf(profile);
  return (
    <ConfirmedRow
      title="Block"
      text={`${person} is out by their next request. Role and access policies stay for an Unblock.`}
      dialogTitle={`Block ${person}?`}
      dialogDescription={`Their next request to ${organization.name} is refused, in every tab. Role and access policies stay as they are, for when you unblock them.`}
      disabledReason={disabledReasonFor(profile, "block")}
      onConfirm={() =>
        runAction(
          () => blockMemberAction({ organization: organization.slug, member: profile.user.id }),
          `${person} is blocked`,
        )
      }
      finalFocus={heading}
    />
  );
}

function UnblockRow({ organization, profile, runAction }: Props) {
  const toast = useToast();
  const person = displayNameOf(profile);
  const unblock = async () => {
    const input = { organization: organization.slug, member: profile.user.id };
    const error = await runAction(() => unblockMemberAction(input), `${person} is unblocked`);
    if (error) toast({ title: "Nothing was changed", description: error, tone: "bad" });
  };
  return (
    <DangerZoneRow title="Unblock" text={`${person} is in again, with the same role and access policies.`}>
      <Button onClick={unblock} disabledReason={disabledReasonFor(profile, "unblock")}>
        Unblock
      </Button>
    </DangerZoneRow>
  );
}

function RemoveRow({ organization, profile, runAction, heading }: Props) {
  const person = displayNameOf(profile);
  return (
    <ConfirmedRow
      title="Remove user"
      text={`${person} loses their place and all access policies. You can invite them again.`}
      dialogTitle={`Remove ${person}?`}
      dialogDescription={`Their next request to ${organization.name} is refused, and their access policies are gone. The timeline stays, and you can invite them again.`}
      disabledReason={disabledReasonFor(profile, "remove")}
      onConfirm={() =>
        runAction(
          () => removeMemberAction({ organization: organization.slug, member: profile.user.id }),
          `${person} is removed`,
        )
      }
      finalFocus={heading}
    />
  );
}
