import { useTranslations } from "next-intl";
import fieldStyles from "@/components/ui/field.module.css";
import styles from "@/components/ui/resend-pips.module.css";

/** Renders how many of the allowed resends are used (REQ-C3), one pip per resend; `limit` is 0 to 10. */
export function ResendPips({ used, limit }: { used: number; limit: number }) {
  const t = useTranslations();
  if (limit === 0) return <span className={fieldStyles.hint}>{t("ui.resends.off")}</span>;
  const filled = Math.min(used, limit);
  return (
    <svg
      className={styles.pips}
      viewBox={`0 0 ${limit * 10 - 2} 8`}
      role="img"
      aria-label={t("ui.resends.used", { used, limit })}
    >
      {Array.from({ length: limit }, (_, index) => index * 10 + 4).map((x, index) => (
        <circle key={x} cx={x} data-used={index < filled ? "" : undefined} />
      ))}
    </svg>
  );
}
