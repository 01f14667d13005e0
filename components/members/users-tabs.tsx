"use client";

import { usePathname } from "next/navigation";
import { useLiveTabCounts } from "@/components/members/row-updates";
import { NavTabs } from "@/components/ui/nav-tabs";
import type { TabCounts } from "@/lib/admin/queries/tab-counts";

type Props = { organization: string; counts: TabCounts };

/** The tabs of the three lists with live counts (REQ-B1). */
export function UsersTabs({ organization, counts }: Props) {
  const path = usePathname();
  const { users, invitations, requests } = useLiveTabCounts(counts);
  const base = `/o/${organization}/admin/users`;
  const tab = (href: string, label: string, count?: number) => ({
    href,
    label,
    count: count === undefined ? undefined : formatCount(count),
    current: path === href,
  });
  return (
    <NavTabs
      label="Users sections"
      tabs={[
        tab(base, "Users", users),
        tab(`${base}/invitations`, "Invitations", invitations),
        tab(`${base}/requests`, "Invitation requests", requests),
      ]}
    />
  );
}

/** The server counts up to 10,001. */
function formatCount(count: number): string {
  return count > 10_000 ? "10,000+" : count.toLocaleString("en-US");
}
