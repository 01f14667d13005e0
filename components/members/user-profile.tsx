"use client";

import { useEffect, useRef } from "react";
import { Timeline } from "@/components/activity/timeline";
import type { MayDo } from "@/components/invitations/invitation-actions";
import { FollowChanges } from "@/components/members/follow-changes";
import { ProfileAccess } from "@/components/members/profile-access";
import { ProfileEndings } from "@/components/members/profile-endings";
import { ProfileGrants } from "@/components/members/profile-grants";
import { ProfileHead } from "@/components/members/profile-head";
import { useProfile } from "@/components/members/use-profile";
import { Notice } from "@/components/ui/notice";
import type { Profile } from "@/lib/admin/queries/profile";
import { MOVE_NEEDS } from "@/lib/members/moves";
import { missingPermissions } from "@/lib/policies/messages";

type Props = {
  organization: { slug: string; name: string };
  page: Profile;
  may: MayDo;
  mayVouch: boolean;
};

/** The page of one user (screens: User profile): what they hold, what happened, and below, apart, what ends it. */
export function UserProfile({ organization, page, may, mayVouch }: Props) {
  const { profile, isWhole, act } = useProfile(organization.slug, page);
  const { user, timeline } = profile;
  const endings = useRef<HTMLHeadingElement>(null);
  const shown = useRef(user.status);
  // What was pressed may be gone by then: whoever came by keyboard goes on from what took its place.
  useEffect(() => {
    if (!isWhole || shown.current === user.status) return;
    shown.current = user.status;
    const next = endings.current ?? document.getElementById("main");
    if (document.activeElement === document.body) next?.focus({ preventScroll: true });
  }, [isWhole, user.status]);

  const missing = profile.moves.filter(({ isHeld, obstacle }) => !isHeld && obstacle !== "yourself");
  const needs = [...new Set(missing.map(({ move }) => MOVE_NEEDS[move]))];
  return (
    <>
      <ProfileHead
        organization={organization.slug}
        profile={profile}
        may={may}
        mayVouch={mayVouch}
        act={act}
      />
      {needs.length > 0 ? (
        <Notice title={needs.length === profile.moves.length ? "You can only look" : undefined}>
          {missingPermissions(needs, organization.name)}
        </Notice>
      ) : null}
      <div className="profile">
        <div className="profile-main">
          {user.status === "removed" ? null : (
            <>
              <ProfileAccess organization={organization.slug} profile={profile} act={act} />
              <ProfileGrants profile={profile} />
            </>
          )}
        </div>
        <section className="panel profile-side" aria-labelledby="profile-timeline">
          <h2 id="profile-timeline">Timeline</h2>
          {timeline.length > 0 ? <Timeline entries={timeline} /> : <p>Nothing happened yet.</p>}
        </section>
      </div>
      <ProfileEndings
        organization={organization}
        profile={profile}
        act={act}
        mayErase={mayVouch}
        heading={endings}
      />
      <FollowChanges organization={organization.slug} />
    </>
  );
}
