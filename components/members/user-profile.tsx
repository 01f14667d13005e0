"use client";

import { useFormatter, useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { Timeline } from "@/components/activity/timeline";
import type { InvitationPermissions } from "@/components/invitations/invitation-actions";
import { DangerZone } from "@/components/members/danger-zone";
import { LiveUpdates } from "@/components/members/live-updates";
import { ProfileAccess } from "@/components/members/profile-access";
import { ProfileGrants } from "@/components/members/profile-grants";
import { ProfileHead } from "@/components/members/profile-head";
import { useProfile } from "@/components/members/use-profile";
import styles from "@/components/members/user-profile.module.css";
import { Notice } from "@/components/ui/notice";
import panelStyles from "@/components/ui/panel.module.css";
import type { Profile } from "@/lib/admin/queries/profile";
import { MEMBER_ACTION_PERMISSIONS } from "@/lib/members/member-actions";

type Props = {
  organization: { slug: string; name: string };
  page: Profile;
  invitationPermissions: InvitationPermissions;
  mayVouch: boolean;
};

/** The profile page of a user: access, permissions, timeline, and the danger zone. */
export function UserProfile({ organization, page, invitationPermissions, mayVouch }: Props) {
  const t = useTranslations();
  const format = useFormatter();
  const { profile, isComplete, showUpdate, runAction } = useProfile(organization.slug, page);
  const { user, timeline } = profile;
  const dangerZoneHeading = useRef<HTMLHeadingElement>(null);
  const shownStatus = useRef(user.status);
  // A change of status can remove the pressed button: keyboard users continue at the heading of what replaced
  // it.
  useEffect(() => {
    if (!isComplete || shownStatus.current === user.status) return;
    shownStatus.current = user.status;
    const target = dangerZoneHeading.current ?? document.getElementById("main");
    if (document.activeElement === document.body) target?.focus({ preventScroll: true });
  }, [isComplete, user.status]);

  const unpermitted = profile.actions.filter(
    ({ isPermitted, reason }) => !isPermitted && reason !== "yourself",
  );
  const missing = [...new Set(unpermitted.map(({ action }) => MEMBER_ACTION_PERMISSIONS[action]))];
  return (
    <>
      <ProfileHead
        organization={organization.slug}
        profile={profile}
        invitationPermissions={invitationPermissions}
        mayVouch={mayVouch}
        runAction={runAction}
      />
      {missing.length > 0 ? (
        <Notice
          title={missing.length === profile.actions.length ? t("admin.users.profile.viewOnly") : undefined}
        >
          {t("admin.permissions.missing", {
            action: format.list(
              missing.map((permission) => t(`admin.permissions.action.${permission}`)),
              { type: "disjunction" },
            ),
          })}
        </Notice>
      ) : null}
      <div className={styles.profile}>
        <div className={styles.main}>
          {user.status === "removed" ? null : (
            <>
              <ProfileAccess organization={organization.slug} profile={profile} showUpdate={showUpdate} />
              <ProfileGrants profile={profile} />
            </>
          )}
        </div>
        <section className={panelStyles.panel} aria-labelledby="profile-timeline">
          <h2 id="profile-timeline">{t("admin.users.profile.timeline")}</h2>
          {timeline.length > 0 ? (
            <Timeline entries={timeline} variant="rail" />
          ) : (
            <p>{t("admin.users.profile.noActivity")}</p>
          )}
        </section>
      </div>
      <DangerZone
        organization={organization}
        profile={profile}
        showUpdate={showUpdate}
        runAction={runAction}
        mayErase={mayVouch}
        heading={dangerZoneHeading}
      />
      <LiveUpdates organization={organization.slug} />
    </>
  );
}
