"use client";

import { Toast } from "@base-ui/react/toast";
import X from "lucide-react/icons/x";
import { useTranslations } from "next-intl";
import { useEffect } from "react";
import { buttonClass, iconButtonClass } from "@/components/ui/button";
import styles from "@/components/ui/toast.module.css";

/** How long a toast without an action stays, in milliseconds. */
const TIMEOUT = 6_000;

export type ToastMessage = {
  title: string;
  description?: string;
  tone?: "ok" | "bad";
  /** A later toast with the same key replaces this one. */
  key?: string;
  /** A button in the toast, such as Undo. */
  action?: { label: string; onSelect: () => void };
};

/** A toast that is not displayed yet. Its id prevents duplicates if an effect runs again. */
export type QueuedToast = ToastMessage & { id: string };

type Props = { queue: readonly QueuedToast[]; onShown: (toasts: readonly QueuedToast[]) => void };

/** Renders the toasts of `ToastProvider` with Base UI. Loaded on demand. */
export default function ToastRegion(props: Props) {
  return (
    <Toast.Provider>
      <Toast.Portal>
        <Toast.Viewport className={styles.viewport}>
          <Toasts {...props} />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}

/**
 * Adds the queued toasts. A toast with an action stays until it is closed, so that Undo has no time limit.
 */
function Toasts({ queue, onShown }: Props) {
  const t = useTranslations();
  const { toasts, add } = Toast.useToastManager();
  useEffect(() => {
    if (queue.length === 0) return;
    for (const { id, title, description, tone = "ok", action } of queue) {
      add({
        id,
        title,
        description,
        type: tone,
        priority: tone === "bad" ? "high" : "low",
        // Always set, because the toast may replace an earlier one with the same id.
        timeout: action ? 0 : TIMEOUT,
        actionProps: action ? { children: action.label, onClick: action.onSelect } : undefined,
      });
    }
    onShown(queue);
  }, [queue, add, onShown]);
  return toasts.map((toast) => (
    <Toast.Root
      key={toast.id}
      toast={toast}
      className={toast.type === "bad" ? `${styles.toast} ${styles.bad}` : styles.toast}
    >
      <Toast.Content className={styles.content}>
        <div className={styles.text}>
          <Toast.Title className={styles.title} />
          <Toast.Description />
        </div>
        <Toast.Action className={buttonClass("plain", "small")} />
        <Toast.Close className={iconButtonClass()} aria-label={t("common.close")}>
          <X size={16} aria-hidden />
        </Toast.Close>
      </Toast.Content>
    </Toast.Root>
  ));
}
