"use client";

import { usePathname } from "next/navigation";
import { Tabs } from "@/components/ui/tabs";

type Props = {
  organization: string;
  users: number | undefined;
  invitations: number | undefined;
  requests: number | undefined;
};

/** The three lists with their counts (R B1). */
export function UsersTabs({ organization, users, invitations, requests }: Props) {
  const path = usePathname();
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
