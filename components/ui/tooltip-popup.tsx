"use client";

import { Tooltip } from "@base-ui/react/tooltip";
import { useEffect, useState } from "react";

/** What `TooltipLayer` shows, on Base UI; loaded with the first tooltip and by nothing else. */
export default function TooltipPopup({ anchor }: { anchor: HTMLElement }) {
  const [title] = useState(anchor.title);
  const moment = anchor.querySelector("time")?.dateTime;

  // The browser's own tooltip would show the same a second time; what it said is still what describes the element.
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
          <Tooltip.Popup className="tooltip">{moment ? inReadersZone(moment) : title}</Tooltip.Popup>
        </Tooltip.Positioner>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}

/** "18 November 2025 at 15:02 CET", in the zone of the browser that shows it. */
function inReadersZone(moment: string): string {
  const format = new Intl.DateTimeFormat("en-GB", {
    day: "numeric",
    month: "long",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    timeZoneName: "short",
  });
  return format.format(new Date(moment));
}
