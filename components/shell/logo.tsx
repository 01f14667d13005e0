import styles from "@/components/shell/logo.module.css";

/** Renders Foyer's logo, a doorway inside the expiry ring, in the text color. */
export function FoyerLogo() {
  return (
    <svg className={styles.logo} viewBox="0 0 24 24" aria-hidden="true">
      <circle
        cx="12"
        cy="12"
        r="9.75"
        fill="none"
        stroke="var(--accent)"
        strokeWidth="2.5"
        pathLength="70"
        strokeDasharray="8 2"
        strokeDashoffset="-1"
        transform="rotate(-90 12 12)"
      />
      <path d="M8.75 17v-5.75a3.25 3.25 0 0 1 6.5 0V17Z" fill="currentColor" />
    </svg>
  );
}
