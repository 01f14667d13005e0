"use client";

import { createContext, lazy, type ReactNode, Suspense, use, useCallback, useRef, useState } from "react";
import type { QueuedToast, ToastMessage } from "@/components/ui/toast-region";

/** Base UI Toast is loaded with the first toast. */
const ToastRegion = lazy(() => import("@/components/ui/toast-region"));

const ToastContext = createContext<(toast: ToastMessage) => void>(() => {});

/** Provides `useToast` and renders the toasts. Used once, around the admin. */
export function ToastProvider({ children }: { children: ReactNode }) {
  const [toasts, setToasts] = useState<QueuedToast[]>([]);
  const lastNumber = useRef(0);
  const show = useCallback((toast: ToastMessage) => {
    lastNumber.current += 1;
    const id = toast.key ?? `toast-${lastNumber.current}`;
    setToasts((earlier) => [...earlier, { ...toast, id }]);
  }, []);
  const removeShown = useCallback(
    (shown: readonly QueuedToast[]) => setToasts((all) => all.filter((toast) => !shown.includes(toast))),
    [],
  );
  const [hasShown, setHasShown] = useState(false);
  if (toasts.length > 0 && !hasShown) setHasShown(true);
  return (
    <ToastContext value={show}>
      {children}
      {hasShown ? (
        <Suspense fallback={null}>
          <ToastRegion queue={toasts} onShown={removeShown} />
        </Suspense>
      ) : null}
    </ToastContext>
  );
}

/**
 * Returns a function that shows a toast: `toast({ title: "12 resent" })`. Screen readers announce it
 * politely, or assertively if `tone` is "bad".
 */
export function useToast(): (toast: ToastMessage) => void {
  return use(ToastContext);
}
