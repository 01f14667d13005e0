"use client";

import { Tooltip } from "@base-ui/react/tooltip";
import { useEffect, useState } from "react";
import styles from "@/components/ui/tooltip.module.css";

/** Renders the tooltip of `TooltipLayer` with Base UI. Loaded on demand. */
export default function TooltipPopup({ anchor }: { anchor: HTMLElement }) {
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
            {dateTime ? formatInLocalZone(dateTime) : title}
          </Tooltip.Popup>
        </Tooltip.Positioner>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}

/** Formats a time in the browser's time zone: "18 November 2025 at 15:02 CET". */
function formatInLocalZone(dateTime: string): string {
  const format = new Intl.DateTimeFormat("en-GB", {
    day: "numeric",
    month: "long",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    timeZoneName: "short",
  });
  return format.format(new Date(dateTime));
}
