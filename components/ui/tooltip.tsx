"use client";

import { lazy, Suspense, useEffect, useState } from "react";

/** Base UI Tooltip is loaded with the first tooltip. */
const TooltipPopup = lazy(() => import("@/components/ui/tooltip-popup"));

/** How long the pointer must rest on an element before its tooltip opens, in milliseconds. */
const HOVER_DELAY = 350;

/**
 * Renders the single tooltip of a page. Elements with `data-tip` and a `title` show their title in it on
 * hover and focus, until the pointer or the focus leaves or Escape is pressed. A `<time>` inside shows its
 * time in the reader's time zone. One shared tooltip keeps the cost of fifty rows at fifty attributes.
 * Without JavaScript the browser's own tooltip remains.
 */
export function TooltipLayer() {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const findAnchor = (event: Event) =>
      event.target instanceof Element ? event.target.closest<HTMLElement>("[data-tip]") : null;
    const hide = () => {
      clearTimeout(timer);
      setAnchor(null);
    };
    const handlePointerOver = (event: PointerEvent) => {
      const found = findAnchor(event);
      const inside = event.target instanceof Element && event.target.closest('[data-slot="tooltip"]');
      if (inside || event.pointerType === "touch") return;
      hide();
      if (found) timer = setTimeout(() => setAnchor(found), HOVER_DELAY);
    };
    const handleFocus = (event: FocusEvent) => {
      const found = findAnchor(event);
      if (found?.matches(":focus-visible")) setAnchor(found);
    };
    const handleKey = (event: KeyboardEvent) => {
      if (event.key === "Escape") hide();
    };
    document.addEventListener("pointerover", handlePointerOver);
    document.addEventListener("pointerdown", hide);
    document.addEventListener("focusin", handleFocus);
    document.addEventListener("focusout", hide);
    document.addEventListener("keydown", handleKey);
    return () => {
      clearTimeout(timer);
      document.removeEventListener("pointerover", handlePointerOver);
      document.removeEventListener("pointerdown", hide);
      document.removeEventListener("focusin", handleFocus);
      document.removeEventListener("focusout", hide);
      document.removeEventListener("keydown", handleKey);
    };
  }, []);

  if (!anchor) return null;
  return (
    <Suspense fallback={null}>
      <TooltipPopup key={anchor.title} anchor={anchor} />
    </Suspense>
  );
}
