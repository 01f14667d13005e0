"use client";

import { useState } from "react";
import type { ActionResult } from "@/lib/result/action-result";

/** Returns a key that changes after every success. As the key of a field it resets it, and keeps its value after a refusal. */
export function useFormResetKey(state: ActionResult<unknown> | null): number {
  const [previous, setPrevious] = useState(state);
  const [resetKey, setResetKey] = useState(0);
  if (state !== previous) {
    setPrevious(state);
    if (state?.ok) setResetKey(resetKey + 1);
  }
  return resetKey;
}
