import { type FocusEvent, useLayoutEffect, useRef } from "react";

/**
 * Keeps the focus in a row whose buttons are replaced by what they did: Revoke becomes Undo, and whoever pressed it by
 * keyboard stands on Undo instead of nowhere. Answers what the table's body listens with.
 */
export function useKeptFocus() {
  const row = useRef<HTMLTableRowElement | null>(null);
  // After every change of the rows: React takes the focused button away without an event.
  useLayoutEffect(() => {
    if (!row.current?.isConnected || document.activeElement !== document.body) return;
    const [next] = [".place-actions :is(a, button)", "a, button"].flatMap(
      (these) => row.current?.querySelector<HTMLElement>(these) ?? [],
    );
    next?.focus();
  });
  return {
    // What a row opens, such as its menu, lies elsewhere in the document but tells its row too: that one stays.
    onFocus: ({ currentTarget, target }: FocusEvent<HTMLElement>) => {
      if (currentTarget.contains(target)) row.current = target.closest("tr");
    },
    onBlur: ({ currentTarget, target, relatedTarget }: FocusEvent<HTMLElement>) => {
      const isIntoMenu = relatedTarget instanceof Element && relatedTarget.closest("[role=menu]");
      if (currentTarget.contains(target) && !isIntoMenu) row.current = null;
    },
  };
}
