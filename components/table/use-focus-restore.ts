import { type FocusEvent, useLayoutEffect, useRef } from "react";
import styles from "@/components/table/data-table.module.css";

/**
 * Restores the focus in a row when the focused button is replaced: after Revoke, keyboard users continue on
 * Undo. Returns the event handlers for the table body.
 */
export function useFocusRestore() {
  const row = useRef<HTMLTableRowElement | null>(null);
  // Runs after every render, because React removes the focused button without a blur event.
  useLayoutEffect(() => {
    if (!row.current?.isConnected || document.activeElement !== document.body) return;
    const [next] = [`.${styles.actions} :is(a, button)`, "a, button"].flatMap(
      (selector) => row.current?.querySelector<HTMLElement>(selector) ?? [],
    );
    next?.focus();
  });
  return {
    // React events also bubble from portals, such as the row's menu, which are outside the table in the DOM;
    // ignore those.
    onFocus: ({ currentTarget, target }: FocusEvent<HTMLElement>) => {
      if (currentTarget.contains(target)) row.current = target.closest("tr");
    },
    onBlur: ({ currentTarget, target, relatedTarget }: FocusEvent<HTMLElement>) => {
      const movesIntoMenu = relatedTarget instanceof Element && relatedTarget.closest("[role=menu]");
      if (currentTarget.contains(target) && !movesIntoMenu) row.current = null;
    },
  };
}
