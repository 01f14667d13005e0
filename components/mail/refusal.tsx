"use client";

import { createContext, type ReactNode, use, useState } from "react";
import { Notice } from "@/components/ui/notice";
import type { Refusal } from "@/lib/mail/queries";

const Context = createContext<(refusal: Refusal | null) => void>(() => {});

/** What a page that follows has learned: whether the provider refuses everything by now. */
export function useTellRefusal(): (refusal: Refusal | null) => void {
  return use(Context);
}

/**
 * On every page of the admin while the provider refuses everything, until a letter goes out again (REQ-C10). What comes while
 * the page is open stands at the foot of the window, and what went leaves its place: nothing moves under the finger.
 */
export function RefusalNotice({
  refusal: first,
  children,
}: {
  refusal: Refusal | null;
  children: ReactNode;
}) {
  const [refusal, setRefusal] = useState(first);
  const notice = refusal ? (
    <Notice tone="bad" announce title="The email provider refuses every letter">
      {refusal.detail
        ? `Check the provider’s key and the sender’s address in the settings of this Foyer, start it again, and resend what was not sent. Its reason: ${refusal.detail}`
        : "Nothing is sent until whoever operates this Foyer has mended it. Copy links meanwhile, and resend afterwards."}
    </Notice>
  ) : null;
  return (
    <Context value={setRefusal}>
      {first
        ? (notice ?? (
            <Notice tone="ok" announce title="The email provider takes letters again">
              Resend what was not sent meanwhile.
            </Notice>
          ))
        : null}
      {children}
      {first || !notice ? null : <div className="sticky bottom-3 z-10">{notice}</div>}
    </Context>
  );
}
