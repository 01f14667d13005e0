import styles from "@/components/ui/spinner.module.css";

/**
 * Renders a loading spinner in the shape of the expiry ring. Hidden from screen readers; the text beside it
 * says the same.
 */
export function Spinner() {
  return (
    <svg className={styles.spinner} viewBox="0 0 16 16" aria-hidden="true">
      <circle
        cx="8"
        cy="8"
        r="6"
        fill="none"
        stroke="currentColor"
        strokeWidth="2.2"
        pathLength="70"
        strokeDasharray="8 2 8 2 8 2 8 32"
      />
    </svg>
  );
}
