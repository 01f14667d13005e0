"use client";

import ChevronRight from "lucide-react/icons/chevron-right";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { Timeline } from "@/components/activity/timeline";
import styles from "@/components/activity/timeline-detail.module.css";
import type { TimelineEntry } from "@/lib/activity/activity-types";
import { findTimelineAction } from "@/lib/admin/invitation-actions";

type LoadedTimeline = TimelineEntry[] | { error: string };

/** The open timelines below their rows, by member: undefined if closed, null while loading. */
export type OpenTimelines = {
  get: (member: string) => LoadedTimeline | null | undefined;
  toggle: (member: string) => void;
};

/** Opens and closes timelines; loads a timeline each time it is opened. */
export function useOpenTimelines(organization: string): OpenTimelines {
  const t = useTranslations();
  const [open, setOpen] = useState<Record<string, LoadedTimeline | null>>({});
  const toggle = async (member: string) => {
    if (open[member] !== undefined) {
      setOpen(({ [member]: _, ...others }) => others);
      return;
    }
    setOpen((all) => ({ ...all, [member]: null }));
    const result = await findTimelineAction({ organization, member }).catch(() => null);
    const loaded = result?.ok ? result.value : { error: result?.message ?? t("errors.actions.unreachable") };
    setOpen((all) => (member in all ? { ...all, [member]: loaded } : all));
  };
  return { get: (member) => open[member], toggle };
}

type Props = { timelines: OpenTimelines; member: string };

/** A button with the row's name that opens its timeline. */
export function TimelineToggle({ timelines, member, children }: Props & { children: ReactNode }) {
  const isOpen = timelines.get(member) !== undefined;
  return (
    <button
      type="button"
      className={styles.toggle}
      data-slot="timeline-toggle"
      aria-expanded={isOpen}
      onClick={() => timelines.toggle(member)}
    >
      <ChevronRight size={14} aria-hidden />
      <strong>{children}</strong>
    </button>
  );
}

/** The open timeline below its row. */
export function TimelineDetail({ timelines, member }: Props) {
  const t = useTranslations();
  const timeline = timelines.get(member);
  if (!timeline) return <p role="status">{t("admin.activity.timeline.loading")}</p>;
  if ("error" in timeline) return <p role="alert">{timeline.error}</p>;
  return <Timeline entries={timeline} />;
}
