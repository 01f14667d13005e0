"use client";

import { useArrivals } from "@/components/members/fresh-rows";
import { Button } from "@/components/ui/button";

/** As many as one look brings (`findArrivals`). */
const MOST_TOLD = 100;

/**
 * Tells that people have come into the open list meanwhile, and shows them when asked to: at the end of the line of tabs,
 * where it moves nothing and lies over nothing (decision 0032). They go on top, and the focus to the first of them.
 */
export function Arrived() {
  const { count, show } = useArrivals();
  const onShow = () => {
    show();
    // The button goes, and the rows are there with the next frame.
    requestAnimationFrame(() =>
      document.querySelector<HTMLElement>(".data-table tbody :is(input, button, a)")?.focus(),
    );
  };
  return (
    <div role="status">
      {count > 0 ? (
        <Button size="small" onClick={onShow}>
          {count < MOST_TOLD ? count : `${MOST_TOLD}+`} new – Show
        </Button>
      ) : null}
    </div>
  );
}
