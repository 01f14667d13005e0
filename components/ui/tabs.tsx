import Link from "next/link";
import { ShowCurrent } from "@/components/ui/show-current";

export type Tab = { href: string; label: string; count?: string | number | undefined; current: boolean };

/** Tabs that are pages: links, so that they have addresses and work without JavaScript. `label` names the set. */
export function Tabs({ label, tabs }: { label: string; tabs: readonly Tab[] }) {
  return (
    <nav className="tabs" aria-label={label}>
      {tabs.map((tab) => (
        <Link key={tab.href} href={tab.href} prefetch={false} aria-current={tab.current ? "page" : undefined}>
          {tab.label}
          {tab.count === undefined ? null : <span className="count">{tab.count}</span>}
        </Link>
      ))}
      <ShowCurrent />
    </nav>
  );
}
