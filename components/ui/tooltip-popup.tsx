"use client";

import { Tooltip } from "@base-ui/react/tooltip";
import { useLocale } from "next-intl";
import { useEffect, useState } from "react";
import styles from "@/components/ui/tooltip.module.css";
import { formatShortTime } from "@/lib/i18n/format";

/** Renders the tooltip of `TooltipLayer` with Base UI. Loaded on demand. */
export default function TooltipPopup({ anchor }: { anchor: HTMLElement }) {
  const locale = useLocale();
  const [title] = useState(anchor.title);
  const dateTime = anchor.querySelector("time")?.dateTime;

  // Hides the browser's own tooltip, which would show the same text; the description for screen readers is
  // kept.
  useEffect(() => {
    anchor.title = "";
    anchor.setAttribute("aria-description", title);
    return () => {
      anchor.title = title;
      anchor.removeAttribute("aria-description");
    };
  }, [anchor, title]);

  return (
    <Tooltip.Root open>
      <Tooltip.Portal>
        <Tooltip.Positioner anchor={anchor} side="top" sideOffset={6} collisionPadding={8}>
          <Tooltip.Popup className={styles.tooltip} data-slot="tooltip">
            {dateTime ? formatShortTime(new Date(dateTime), locale, localTimeZone()) : title}
          </Tooltip.Popup>
        </Tooltip.Positioner>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}

/** Returns the time zone of this browser. */
function localTimeZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}
