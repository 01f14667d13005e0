"use client";

import type { ReactNode, RefObject } from "react";
import { UndoButton } from "@/components/invitations/undo-button";
import { Ending, EndingRow, Revoke } from "@/components/members/ending";
import { EraseDialog } from "@/components/members/erase-dialog";
import { InviteAgain } from "@/components/members/invite-again";
import { LeaveButton } from "@/components/members/leave-button";
import type { Act } from "@/components/members/use-profile";
import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/toast";
import type { Profile } from "@/lib/admin/queries/profile";
import { blockUser, removeUser, unblockUser } from "@/lib/admin/user-actions";
import { LEAVE_MESSAGES, OBSTACLE_MESSAGES } from "@/lib/members/messages";
import type { UserMove } from "@/lib/members/moves";

type Props = {
  organization: { slug: string; name: string };
  profile: Profile;
  act: Act;
  /** Who looks is an Owner: they alone erase. */
  mayErase: boolean;
  /** Where the focus goes when what was pressed is gone. */
  heading: RefObject<HTMLHeadingElement | null>;
};

/** At the bottom, apart: what ends somebody's access, or brings it back (REQ-F2). Nothing where the actor may do none of it. */
export function ProfileEndings(props: Props) {
  const { profile, heading } = props;
  const { user, isActor, undo } = profile;
  const offered = (move: UserMove) => profile.moves.some((one) => one.move === move && one.isHeld);
  const isSelf = isActor && user.status === "active";
  const rows: ReactNode[] = [
    isSelf && (
      <EndingRow
        key="leave"
        title="Leave organization"
        text={
          profile.isLastOwner
            ? LEAVE_MESSAGES["last-owner"]
            : `You lose your place in ${props.organization.name}; only a new invitation brings you back.`
        }
      >
        <LeaveButton organization={props.organization} isLastOwner={profile.isLastOwner} />
      </EndingRow>
    ),
    undo && <UndoRevoke key="undo" {...props} invitation={{ id: undo, email: user.email }} />,
    profile.inviteOptions && <InviteAgain key="invite" {...props} options={profile.inviteOptions} />,
    user.invitation && offered("revoke") && (
      <Revoke
        key="revoke"
        organization={props.organization.slug}
        invitation={{ id: user.invitation.id, email: user.email }}
        why={whyNot(profile, "revoke")}
      />
    ),
    offered("block") && !isSelf && <Block key="block" {...props} />,
    offered("unblock") && <Unblock key="unblock" {...props} />,
    offered("remove") && !isSelf && <Remove key="remove" {...props} />,
  ].filter(Boolean);
  return (
    <>
      {rows.length > 0 ? (
        <section className="panel endings" aria-labelledby="profile-endings">
          <h2 id="profile-endings" ref={heading} tabIndex={-1}>
            {profile.inviteOptions ? "Invite again" : "Access"}
          </h2>
          {rows}
        </section>
      ) : null}
      {props.mayErase && user.status === "removed" ? (
        <section className="panel endings" aria-labelledby="profile-erase">
          <h2 id="profile-erase">Personal data</h2>
          <EndingRow
            title="Erase personal data"
            text="Name, address, invitations and letters go for ever. The activity stays, without saying who it was."
          >
            <EraseDialog organization={props.organization.slug} member={user} />
          </EndingRow>
        </section>
      ) : null}
    </>
  );
}

/** What else than a missing permission is in the way, in words. */
function whyNot(profile: Profile, move: UserMove): string | undefined {
  const obstacle = profile.moves.find((one) => one.move === move)?.obstacle;
  return obstacle ? OBSTACLE_MESSAGES[obstacle] : undefined;
}

function personOf({ user }: Profile): string {
  return user.name || user.email;
}

function UndoRevoke({ organization, invitation }: Props & { invitation: { id: string; email: string } }) {
  return (
    <EndingRow
      title="Invitation revoked"
      text="For ten minutes you can take that back: the same link, the same expiry."
    >
      <UndoButton organization={organization.slug} invitation={invitation} />
    </EndingRow>
  );
}

function Block({ organization, profile, act, heading }: Props) {
  const person = personOf(profile);
  return (
    <Ending
      title="Block"
      text={`${person} is out by their next request. Role and access policies stay for an Unblock.`}
      question={`Block ${person}?`}
      consequence={`Their next request to ${organization.name} is refused, in every tab. Role and access policies stay as they are, for when you unblock them.`}
      why={whyNot(profile, "block")}
      onConfirm={() =>
        act(
          () => blockUser({ organization: organization.slug, member: profile.user.id }),
          `${person} is blocked`,
        )
      }
      afterwards={heading}
    />
  );
}

function Unblock({ organization, profile, act }: Props) {
  const toast = useToast();
  const person = personOf(profile);
  const unblock = async () => {
    const sent = { organization: organization.slug, member: profile.user.id };
    const problem = await act(() => unblockUser(sent), `${person} is unblocked`);
    if (problem) toast({ title: "Nothing was changed", text: problem, tone: "bad" });
  };
  return (
    <EndingRow title="Unblock" text={`${person} is in again, with the same role and access policies.`}>
      <Button onClick={unblock} disabledReason={whyNot(profile, "unblock")}>
        Unblock
      </Button>
    </EndingRow>
  );
}

function Remove({ organization, profile, act, heading }: Props) {
  const person = personOf(profile);
  return (
    <Ending
      title="Remove user"
      text={`${person} loses their place and all access policies. You can invite them again.`}
      question={`Remove ${person}?`}
      consequence={`Their next request to ${organization.name} is refused, and their access policies are gone. The timeline stays, and you can invite them again.`}
      why={whyNot(profile, "remove")}
      onConfirm={() =>
        act(
          () => removeUser({ organization: organization.slug, member: profile.user.id }),
          `${person} is removed`,
        )
      }
      afterwards={heading}
    />
  );
}
