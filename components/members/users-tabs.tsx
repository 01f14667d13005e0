"use client";

import { usePathname } from "next/navigation";
import { useFormatter, useTranslations } from "next-intl";
import { useLiveTabCounts } from "@/components/members/row-updates";
import { NavTabs } from "@/components/ui/nav-tabs";
import type { TabCounts } from "@/lib/admin/queries/tab-counts";

/** The server counts up to one more. */
const MAX_SHOWN_COUNT = 10_000;

type Props = { organization: string; counts: TabCounts };

/** The tabs of the three lists with live counts (REQ-B1). */
export function UsersTabs({ organization, counts }: Props) {
  const t = useTranslations();
  const format = useFormatter();
  const path = usePathname();
  const { users, invitations, requests } = useLiveTabCounts(counts);
  const base = `/o/${organization}/admin/users`;
  const formatCount = (count: number) =>
    count > MAX_SHOWN_COUNT
      ? t("admin.users.tabs.moreThan", { count: MAX_SHOWN_COUNT })
      : format.number(count);
  const tab = (href: string, label: string, count?: number) => ({
    href,
    label,
    count: count === undefined ? undefined : formatCount(count),
    current: path === href,
  });
  return (
    <NavTabs
      label={t("admin.users.tabs.label")}
      tabs={[
        tab(base, t("admin.users.tabs.users"), users),
        tab(`${base}/invitations`, t("admin.users.tabs.invitations"), invitations),
        tab(`${base}/requests`, t("admin.users.tabs.requests"), requests),
      ]}
    />
  );
}
