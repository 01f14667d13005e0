import styles from "@/components/mail/email-text.module.css";

/** The text version of an email. Links to `origin` are clickable here, unlike in the sandboxed frame with the HTML. */
export function EmailText({ text, origin }: { text: string; origin: string }) {
  const parts = [...text.matchAll(/https?:\/\/\S+|(?:(?!https?:\/\/).)+/gs)];
  return (
    <pre className={styles.text}>
      {parts.map(({ 0: part, index }) =>
        part.startsWith(`${origin}/`) ? (
          <a key={index} className={styles.link} href={part}>
            {part}
          </a>
        ) : (
          part
        ),
      )}
    </pre>
  );
}
