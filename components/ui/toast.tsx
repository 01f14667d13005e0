"use client";

import { createContext, lazy, type ReactNode, Suspense, use, useCallback, useRef, useState } from "react";

/** The machinery of toasts comes with the first one. */
const ToastRegion = lazy(() => import("@/components/ui/toast-region"));

export type Toast = {
  title: string;
  text?: string;
  tone?: "ok" | "bad";
  /** What it is about: a later one about the same takes its place. */
  about?: string;
  /** A press that belongs to it, such as Undo. */
  action?: { label: string; onSelect: () => void };
};

/** A toast on its way to the region; its id keeps it one, however often an effect runs. */
export type Waiting = Toast & { id: string };

const Showing = createContext<(toast: Toast) => void>(() => {});

/** Holds the messages that come and go in the corner; once, around the admin. */
export function ToastProvider({ children }: { children: ReactNode }) {
  const [toasts, setToasts] = useState<Waiting[]>([]);
  const last = useRef(0);
  const show = useCallback((toast: Toast) => {
    last.current += 1;
    const id = toast.about ?? `toast-${last.current}`;
    setToasts((earlier) => [...earlier, { ...toast, id }]);
  }, []);
  const taken = useCallback(
    (these: readonly Waiting[]) => setToasts((all) => all.filter((toast) => !these.includes(toast))),
    [],
  );
  const [used, setUsed] = useState(false);
  if (toasts.length > 0 && !used) setUsed(true);
  return (
    <Showing value={show}>
      {children}
      {used ? (
        <Suspense fallback={null}>
          <ToastRegion waiting={toasts} taken={taken} />
        </Suspense>
      ) : null}
    </Showing>
  );
}

/** `const toast = useToast(); toast({ title: "12 resent" })`: said politely, or at once when `tone` is "bad". */
export function useToast(): (toast: Toast) => void {
  return use(Showing);
}
