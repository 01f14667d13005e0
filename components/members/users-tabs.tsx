"use client";

import { usePathname } from "next/navigation";
import { useNewestCounts } from "@/components/members/fresh-rows";
import { Tabs } from "@/components/ui/tabs";
import type { TabCounts } from "@/lib/admin/queries/tab-counts";

type Props = { organization: string; counts: TabCounts };

/** The three lists with their counts (REQ-B1), which follow what is done here and elsewhere. */
export function UsersTabs({ organization, counts }: Props) {
  const path = usePathname();
  const { users, invitations, requests } = useNewestCounts(counts);
  const base = `/o/${organization}/admin/users`;
  const tab = (href: string, label: string, count?: number) => ({
    href,
    label,
    count: count === undefined ? undefined : inFigures(count),
    current: path === href,
  });
  return (
    <Tabs
      label="Users sections"
      tabs={[
        tab(base, "Users", users),
        tab(`${base}/invitations`, "Invitations", invitations),
        tab(`${base}/requests`, "Invitation requests", requests),
      ]}
    />
  );
}

/** Counts stop at ten thousand: a tab need not count a million. */
function inFigures(count: number): string {
  return count > 10_000 ? "10,000+" : count.toLocaleString("en-US");
}
