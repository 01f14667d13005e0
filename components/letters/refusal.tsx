"use client";

import { createContext, type ReactNode, use, useState } from "react";
import { Notice } from "@/components/ui/notice";
import type { Refusal } from "@/lib/letters/queries";

const Context = createContext<(refusal: Refusal | null) => void>(() => {});

/** What a page that follows has learned: whether the provider refuses everything by now. */
export function useTellRefusal(): (refusal: Refusal | null) => void {
  return use(Context);
}

/** Above every page of the admin while the provider refuses everything, until a letter goes out again (R C10). */
export function RefusalNotice({
  refusal: first,
  children,
}: {
  refusal: Refusal | null;
  children: ReactNode;
}) {
  const [refusal, setRefusal] = useState(first);
  return (
    <Context value={setRefusal}>
      {refusal ? (
        <Notice tone="bad" announce title="The email provider refuses every letter">
          {refusal.detail
            ? `Check the provider’s key and the sender’s address in the settings of this Foyer, start it again, and resend what was not sent. Its reason: ${refusal.detail}`
            : "Nothing is sent until whoever operates this Foyer has mended it. Copy links meanwhile, and resend afterwards."}
        </Notice>
      ) : null}
      {children}
    </Context>
  );
}
