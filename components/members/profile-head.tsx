"use client";

import ArrowLeft from "lucide-react/icons/arrow-left";
import Link from "next/link";
import { InvitationActions, type MayDo } from "@/components/invitations/invitation-actions";
import { useAddRows } from "@/components/members/fresh-rows";
import type { Act } from "@/components/members/use-profile";
import { UserStatusBadge } from "@/components/members/user-status";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { Time } from "@/components/ui/time";
import { useToast } from "@/components/ui/toast";
import type { Profile } from "@/lib/admin/queries/profile";
import { allowLettersToUser, vouchForAddress } from "@/lib/admin/user-actions";
import type { Stop } from "@/lib/mail/bounces";
import { ROLE_NAMES } from "@/lib/permissions/roles";

type Props = { organization: string; profile: Profile; may: MayDo; mayVouch: boolean; act: Act };

/** Who it is and how they stand, with the invitation's menu while there is an open one (REQ-C2). */
export function ProfileHead({ organization, profile, may, mayVouch, act }: Props) {
  const { user, joinedAt } = profile;
  const isIn = user.status === "active" || user.status === "blocked";
  return (
    <header className="profile-head">
      <Link className="back" href={`/o/${organization}/admin/users`} prefetch={false}>
        <ArrowLeft size={16} aria-hidden /> Users
      </Link>
      <div className="profile-name">
        <h1>{user.name || user.email}</h1>
        {profile.isActor ? <span className="count">You</span> : null}
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
            may={may}
          />
        ) : null}
      </div>
      <dl className="facts">
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
              <Time at={joinedAt} now={user.now} />
            </dd>
          </div>
        ) : null}
        {isIn ? (
          <div>
            <dt>Last active</dt>
            <dd>{user.lastActiveAt ? <Time at={user.lastActiveAt} now={user.now} /> : "Never"}</dd>
          </div>
        ) : null}
      </dl>
      {isIn && !user.addressConfirmed ? (
        <Unconfirmed organization={organization} profile={profile} mayVouch={mayVouch} />
      ) : null}
      {user.emailSuppression ? (
        <StoppedLetters
          organization={organization}
          profile={profile}
          mayAllow={may["users:update"]}
          act={act}
        />
      ) : null}
    </header>
  );
}

function StoppedLetters({
  organization,
  profile: { user },
  mayAllow,
  act,
}: Pick<Props, "organization" | "profile" | "act"> & { mayAllow: boolean }) {
  const toast = useToast();
  const allow = async () => {
    const send = () => allowLettersToUser({ organization, member: user.id });
    const problem = await act(send, `Letters to ${user.email} are allowed again`);
    if (problem) toast({ title: "Nothing was changed", text: problem, tone: "bad" });
  };
  return (
    <Notice
      tone="warn"
      title="No letters to this address"
      action={
        mayAllow ? (
          <Button size="small" onClick={allow}>
            Allow letters again
          </Button>
        ) : null
      }
    >
      {STOPPED_WHY[user.emailSuppression ?? "bounced"]}
    </Notice>
  );
}

const STOPPED_WHY: Record<Stop, string> = {
  bounced:
    "A letter bounced for good, so no invitation is mailed there. Copy the link, or allow letters again if the address is right.",
  complained:
    "A letter was marked as spam, so no invitation is mailed there. Copy the link, or allow letters again if they want it.",
};

function Unconfirmed({ organization, profile, mayVouch }: Omit<Props, "may" | "act">) {
  const { id, email, name } = profile.user;
  const toast = useToast();
  const show = useAddRows();
  const vouch = async () => {
    const result = await vouchForAddress({ organization, member: id }).catch(() => null);
    if (result?.ok) show({ invitations: [], users: result.value.users });
    toast(
      result?.ok
        ? { title: `You vouched for ${email}`, tone: "ok" }
        : { title: "Not confirmed", text: result?.message ?? "Try again.", tone: "bad" },
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
