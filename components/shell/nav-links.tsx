"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";

export type NavItem = { href: string; label: string };

/** Renders links to the pages of the admin, with the current page marked. */
export function NavLinks({ items }: { items: readonly NavItem[] }) {
  const path = usePathname();
  return items.map(({ href, label }) => (
    <Link key={href} href={href} prefetch={false} aria-current={path.startsWith(href) ? "page" : undefined}>
      {label}
    </Link>
  ));
}
