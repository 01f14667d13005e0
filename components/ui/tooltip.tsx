"use client";

import { lazy, Suspense, useEffect, useState } from "react";

/** The machinery of tooltips comes with the first one. */
const TooltipPopup = lazy(() => import("@/components/ui/tooltip-popup"));

/** How long a pointer rests on something before its tooltip shows, in milliseconds. */
const REST = 350;

/**
 * The one tooltip of a page. Whatever carries `data-tip` and a `title` shows its title in it on hover and on focus,
 * until the pointer or the focus leaves or Escape is pressed; without JavaScript the browser's own title remains. So
 * fifty rows cost fifty attributes. A `<time data-tip="time">` shows its moment in the reader's own zone.
 */
export function TooltipLayer() {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);

  useEffect(() => {
    let resting: ReturnType<typeof setTimeout> | undefined;
    const tipped = (event: Event) =>
      event.target instanceof Element ? event.target.closest<HTMLElement>("[data-tip]") : null;
    const hide = () => {
      clearTimeout(resting);
      setAnchor(null);
    };
    const over = (event: PointerEvent) => {
      const found = tipped(event);
      const inside = event.target instanceof Element && event.target.closest(".tooltip");
      if (inside || event.pointerType === "touch") return;
      hide();
      if (found) resting = setTimeout(() => setAnchor(found), REST);
    };
    const focus = (event: FocusEvent) => {
      const found = tipped(event);
      if (found?.matches(":focus-visible")) setAnchor(found);
    };
    const key = (event: KeyboardEvent) => {
      if (event.key === "Escape") hide();
    };
    document.addEventListener("pointerover", over);
    document.addEventListener("pointerdown", hide);
    document.addEventListener("focusin", focus);
    document.addEventListener("focusout", hide);
    document.addEventListener("keydown", key);
    return () => {
      clearTimeout(resting);
      document.removeEventListener("pointerover", over);
      document.removeEventListener("pointerdown", hide);
      document.removeEventListener("focusin", focus);
      document.removeEventListener("focusout", hide);
      document.removeEventListener("keydown", key);
    };
  }, []);

  if (!anchor) return null;
  return (
    <Suspense fallback={null}>
      <TooltipPopup key={anchor.title} anchor={anchor} />
    </Suspense>
  );
}
