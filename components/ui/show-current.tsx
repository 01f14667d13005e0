"use client";

import { usePathname } from "next/navigation";
import { useEffect, useRef } from "react";

/** Stands last in a bar that scrolls by itself, and scrolls it so that the current page's link is in sight. */
export function ShowCurrent() {
  const here = useRef<HTMLSpanElement>(null);
  // Read only so that a new page brings a new look.
  usePathname();
  useEffect(() => {
    const bar = here.current?.parentElement;
    const current = bar?.querySelector<HTMLElement>("[aria-current]");
    if (!bar || !current || bar.scrollWidth <= bar.clientWidth) return;
    bar.scrollLeft = current.offsetLeft - bar.offsetLeft - (bar.clientWidth - current.offsetWidth) / 2;
  });
  return <span ref={here} hidden />;
}
