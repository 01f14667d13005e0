"use client";

import { useState } from "react";
import type { ActionResult } from "@/lib/result/action-result";

/** Grows with every success of a form. As the key of its fields it empties them, and keeps what was typed after a refusal. */
export function useRound(state: ActionResult<unknown> | null): number {
  const [seen, setSeen] = useState(state);
  const [round, setRound] = useState(0);
  if (state !== seen) {
    setSeen(state);
    if (state?.ok) setRound(round + 1);
  }
  return round;
}
