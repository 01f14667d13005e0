import Link from "next/link";
import { Count } from "@/components/ui/count";
import styles from "@/components/ui/nav-tabs.module.css";
import { ScrollToCurrent } from "@/components/ui/scroll-to-current";

export type TabItem = { href: string; label: string; count?: string | number | undefined; current: boolean };

/**
 * Renders tabs that are pages: links, so that they have URLs and work without JavaScript. `label` names the
 * group.
 */
export function NavTabs({ label, tabs }: { label: string; tabs: readonly TabItem[] }) {
  return (
    <nav className={styles.tabs} aria-label={label}>
      {tabs.map((tab) => (
        <Link key={tab.href} href={tab.href} prefetch={false} aria-current={tab.current ? "page" : undefined}>
          {tab.label}
          {tab.count === undefined ? null : <Count>{tab.count}</Count>}
        </Link>
      ))}
      <ScrollToCurrent />
    </nav>
  );
}
