"use client";

import { useEffect, useEffectEvent, useRef } from "react";
import { useSetProviderError } from "@/components/mail/provider-error-notice";
import { useVisibleRows } from "@/components/members/row-updates";
import { loadVisibleRowsAction } from "@/lib/admin/invitation-actions";
import type { ProviderError } from "@/lib/mail/queries";

/** In milliseconds. */
const POLL_INTERVAL = 3_000;
/** In milliseconds, after a failed poll. */
const RETRY_DELAY = 15_000;

type PollResponse = { changed: boolean; token: string; refusal: ProviderError | null };

/**
 * Keeps the rows on screen current while the page is visible (decision 0032). Polls whether anything changed,
 * and only then loads the rows on screen, the counts of the tabs, and new rows. A failed poll changes
 * nothing.
 */
export function LiveUpdates({ organization }: { organization: string }) {
  const token = useRef("");
  const { getVisibleRows, applyPoll, changeCount } = useVisibleRows();
  const pollNow = useRef(() => {});
  const setProviderError = useSetProviderError();

  /** Returns the delay until the next poll (ms). */
  const poll = useEffectEvent(async (): Promise<number> => {
    if (document.visibilityState === "hidden") return POLL_INTERVAL;
    const response = await fetch(`/o/${organization}/admin/users/changes?since=${token.current}`);
    if (!response.ok) return RETRY_DELAY;
    const { changed, token: nextToken, refusal } = (await response.json()) as PollResponse;
    setProviderError(refusal);
    if (changed) {
      const requested = getVisibleRows();
      const result = await loadVisibleRowsAction({ organization, ...requested });
      if (!result.ok) return RETRY_DELAY;
      applyPoll(result.value, requested);
    }
    // Stored only after the rows arrived, so that a failed request is repeated by the next poll.
    token.current = nextToken;
    return POLL_INTERVAL;
  });

  useEffect(() => {
    let timer = setTimeout(run, POLL_INTERVAL);
    let [isPolling, isPollRequested, isUnmounted] = [false, false, false];
    async function run() {
      // Requested during a poll: it may have missed the change, so the next poll follows immediately.
      isPollRequested = isPolling;
      if (isPolling) return;
      isPolling = true;
      const delay = await poll().catch(() => RETRY_DELAY);
      isPolling = false;
      clearTimeout(timer);
      if (!isUnmounted) timer = setTimeout(run, isPollRequested ? 0 : delay);
    }
    // Polls immediately when the user returns to the tab.
    const onVisible = () => (document.visibilityState === "visible" ? void run() : undefined);
    document.addEventListener("visibilitychange", onVisible);
    pollNow.current = () => void run();
    return () => {
      isUnmounted = true;
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", onVisible);
    };
  }, []);
  // Updates the counts of the tabs immediately after a change on this page.
  useEffect(() => {
    if (changeCount > 0) pollNow.current();
  }, [changeCount]);
  return null;
}
