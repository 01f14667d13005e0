"use client";

import { usePathname } from "next/navigation";
import { useEffect, useRef } from "react";

/**
 * Scrolls its parent horizontally so that the link of the current page is visible. Rendered as the parent's
 * last child.
 */
export function ScrollToCurrent() {
  const marker = useRef<HTMLSpanElement>(null);
  // Subscribes to navigation, so that the effect runs on every page.
  usePathname();
  useEffect(() => {
    const bar = marker.current?.parentElement;
    const current = bar?.querySelector<HTMLElement>("[aria-current]");
    if (!bar || !current || bar.scrollWidth <= bar.clientWidth) return;
    bar.scrollLeft = current.offsetLeft - bar.offsetLeft - (bar.clientWidth - current.offsetWidth) / 2;
  });
  return <span ref={marker} hidden />;
}
