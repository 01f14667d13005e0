"use client";

import { useTranslations } from "next-intl";
import { createContext, type ReactNode, use, useState } from "react";
import styles from "@/components/mail/provider-error-notice.module.css";
import { Notice } from "@/components/ui/notice";
import type { ProviderError } from "@/lib/mail/queries";

const SetProviderErrorContext = createContext<(error: ProviderError | null) => void>(() => {});

/** Returns a function that updates the error while the page is open. */
export function useSetProviderError(): (error: ProviderError | null) => void {
  return use(SetProviderErrorContext);
}

/**
 * Shown on every admin page while the provider rejects every email (REQ-C10). To avoid moving the content, an error that
 * appears while the page is open is shown at the bottom of the window, and one that ends is replaced in its place.
 */
export function ProviderErrorNotice({
  error: initialError,
  children,
}: {
  error: ProviderError | null;
  children: ReactNode;
}) {
  const t = useTranslations();
  const [error, setError] = useState(initialError);
  const notice = error ? (
    <Notice tone="bad" announce title={t("admin.delivery.failing.title")}>
      {error.detail
        ? t("admin.delivery.failing.fix", { detail: error.detail })
        : t("admin.delivery.failing.wait")}
    </Notice>
  ) : null;
  return (
    <SetProviderErrorContext value={setError}>
      {initialError
        ? (notice ?? (
            <Notice tone="ok" announce title={t("admin.delivery.working.title")}>
              {t("admin.delivery.working.resend")}
            </Notice>
          ))
        : null}
      {children}
      {initialError || !notice ? null : <div className={styles.sticky}>{notice}</div>}
    </SetProviderErrorContext>
  );
}
