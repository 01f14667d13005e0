import { useTranslations } from "next-intl";
import styles from "@/components/requests/request-message.module.css";
import { Badge } from "@/components/ui/badge";
import type { RequestRow } from "@/lib/requests/queries/list";

/** Longer messages are collapsed to this many characters. */
const PREVIEW_LENGTH = 160;

/** Renders the message of a request as plain text, or its origin if it has none. */
export function RequestMessage({ row }: { row: RequestRow }) {
  const t = useTranslations();
  const { message, proposed } = row;
  if (proposed && !message) return <Badge tone="info">{t("admin.requests.fromExpiredInvitation")}</Badge>;
  if (message.length <= PREVIEW_LENGTH) return <span className={styles.message}>{message}</span>;
  return (
    <details className={styles.message}>
      <summary>{message.slice(0, PREVIEW_LENGTH)}…</summary>
      {message.slice(PREVIEW_LENGTH)}
    </details>
  );
}
