"use client";

import { Toast } from "@base-ui/react/toast";
import X from "lucide-react/icons/x";
import { useEffect } from "react";
import { buttonClass } from "@/components/ui/button";
import type { Waiting } from "@/components/ui/toast";

/** Milliseconds. */
const TIMEOUT = 6_000;

type Props = { waiting: readonly Waiting[]; taken: (these: readonly Waiting[]) => void };

/** What `ToastProvider` shows, on Base UI; loaded with the first toast and by nothing else. */
export default function ToastRegion(props: Props) {
  return (
    <Toast.Provider>
      <Toast.Portal>
        <Toast.Viewport className="toasts">
          <Shown {...props} />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}

/** Takes over what waits. A toast with an action stays until it is answered: nobody is raced to Undo. */
function Shown({ waiting, taken }: Props) {
  const { toasts, add } = Toast.useToastManager();
  useEffect(() => {
    if (waiting.length === 0) return;
    for (const { id, title, text, tone = "ok", action } of waiting) {
      add({
        id,
        title,
        description: text,
        type: tone,
        priority: tone === "bad" ? "high" : "low",
        // Said in any case: it may take the place of an earlier one.
        timeout: action ? 0 : TIMEOUT,
        actionProps: action ? { children: action.label, onClick: action.onSelect } : undefined,
      });
    }
    taken(waiting);
  }, [waiting, add, taken]);
  return toasts.map((toast) => (
    <Toast.Root key={toast.id} toast={toast} className={toast.type === "bad" ? "toast toast-bad" : "toast"}>
      <Toast.Content className="toast-content">
        <div className="toast-words">
          <Toast.Title className="toast-title" />
          <Toast.Description />
        </div>
        <Toast.Action className={buttonClass("plain", "small")} />
        <Toast.Close className={`${buttonClass("quiet")} icon-button`} aria-label="Dismiss">
          <X size={16} aria-hidden />
        </Toast.Close>
      </Toast.Content>
    </Toast.Root>
  ));
}
