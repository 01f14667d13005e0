"use client";

import ChevronRight from "lucide-react/icons/chevron-right";
import { type ReactNode, useState } from "react";
import { Timeline } from "@/components/activity/timeline";
import type { TimelineEntry } from "@/lib/activity/activity-types";
import { showTimeline } from "@/lib/admin/invitation-actions";

type Read = TimelineEntry[] | { problem: string };

/** The timelines that are open below their rows, by member; null while one is on its way. */
export type OpenTimelines = {
  of: (member: string) => Read | null | undefined;
  toggle: (member: string) => void;
};

/** Opens and closes timelines; each opening reads it anew. */
export function useOpenTimelines(organization: string): OpenTimelines {
  const [open, setOpen] = useState<Record<string, Read | null>>({});
  const toggle = async (member: string) => {
    if (open[member] !== undefined) {
      setOpen(({ [member]: _, ...others }) => others);
      return;
    }
    setOpen((all) => ({ ...all, [member]: null }));
    const result = await showTimeline({ organization, member }).catch(() => null);
    const read = result?.ok
      ? result.value
      : { problem: result?.message ?? "The server could not be reached. Try again." };
    setOpen((all) => (member in all ? { ...all, [member]: read } : all));
  };
  return { of: (member) => open[member], toggle };
}

type Props = { timelines: OpenTimelines; member: string };

/** The row's name as the button that opens its timeline. */
export function TimelineToggle({ timelines, member, children }: Props & { children: ReactNode }) {
  const isOpen = timelines.of(member) !== undefined;
  return (
    <button
      type="button"
      className="row-toggle"
      aria-expanded={isOpen}
      onClick={() => timelines.toggle(member)}
    >
      <ChevronRight size={14} aria-hidden />
      <strong>{children}</strong>
    </button>
  );
}

/** The timeline below its row; nothing while it is closed. */
export function TimelineDetail({ timelines, member }: Props) {
  const read = timelines.of(member);
  if (!read) return <p role="status">Reading what happened…</p>;
  if ("problem" in read) return <p role="alert">{read.problem}</p>;
  return <Timeline entries={read} />;
}
