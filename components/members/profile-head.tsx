"use client";

import ArrowLeft from "lucide-react/icons/arrow-left";
import Link from "next/link";
import { InvitationActions, type MayDo } from "@/components/invitations/invitation-actions";
import { useAddRows } from "@/components/members/fresh-rows";
import { UserStatusBadge } from "@/components/members/user-status";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { Time } from "@/components/ui/time";
import { useToast } from "@/components/ui/toast";
import { vouchForAddress } from "@/lib/members/actions";
import type { Profile } from "@/lib/members/queries/profile";
import { ROLE_NAMES } from "@/lib/members/roles";

type Props = { organization: string; profile: Profile; may: MayDo; mayVouch: boolean };

/** Who it is and how they stand, with the invitation's menu while there is an open one (R C2). */
export function ProfileHead({ organization, profile, may, mayVouch }: Props) {
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
    </header>
  );
}

function Unconfirmed({ organization, profile, mayVouch }: Omit<Props, "may">) {
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
