"use client";

import { useEffect, useEffectEvent, useRef } from "react";
import { useTellRefusal } from "@/components/mail/refusal";
import { useFollow } from "@/components/members/fresh-rows";
import { showCurrent } from "@/lib/admin/invitation-actions";
import type { Refusal } from "@/lib/mail/queries";

const EVERY = 3_000;
/** After an answer that did not come. */
const LATER = 15_000;

type Answer = { changed: boolean; token: string; refusal: Refusal | null };

/**
 * Keeps the rows on screen true while the page is looked at (decision 0032): asks whether anything changed, and only then
 * for what is shown: its rows are laid over the old ones, the tabs count anew, who came is told. Whatever fails leaves everything as it is.
 */
export function FollowChanges({ organization }: { organization: string }) {
  const token = useRef("");
  const { shown, follow, added } = useFollow();
  const wake = useRef(() => {});
  const tellRefusal = useTellRefusal();

  /** Answers when to look again. */
  const look = useEffectEvent(async (): Promise<number> => {
    if (document.visibilityState === "hidden") return EVERY;
    const response = await fetch(`/o/${organization}/admin/users/changes?since=${token.current}`);
    if (!response.ok) return LATER;
    const { changed, token: next, refusal } = (await response.json()) as Answer;
    tellRefusal(refusal);
    if (changed) {
      const asked = shown();
      const result = await showCurrent({ organization, ...asked });
      if (!result.ok) return LATER;
      follow(result.value, asked);
    }
    // Kept only once the rows are here: otherwise the next look asks for them again.
    token.current = next;
    return EVERY;
  });

  useEffect(() => {
    let timer = setTimeout(again, EVERY);
    let [busy, isAsked, isOver] = [false, false, false];
    async function again() {
      // Whoever asks meanwhile is told of what came too late for this look.
      isAsked = busy;
      if (busy) return;
      busy = true;
      const wait = await look().catch(() => LATER);
      busy = false;
      clearTimeout(timer);
      if (!isOver) timer = setTimeout(again, isAsked ? 0 : wait);
    }
    // Whoever comes back sees at once what happened meanwhile.
    const onVisible = () => (document.visibilityState === "visible" ? void again() : undefined);
    document.addEventListener("visibilitychange", onVisible);
    wake.current = () => void again();
    return () => {
      isOver = true;
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", onVisible);
    };
  }, []);
  // What is done here counts at once.
  useEffect(() => {
    if (added > 0) wake.current();
  }, [added]);
  return null;
}
