import CircleAlert from "lucide-react/icons/circle-alert";
import CircleCheck from "lucide-react/icons/circle-check";
import Info from "lucide-react/icons/info";
import TriangleAlert from "lucide-react/icons/triangle-alert";
import type { ReactNode } from "react";
import styles from "@/components/ui/notice.module.css";

export type NoticeTone = "info" | "ok" | "warn" | "bad";

const icons = { info: Info, ok: CircleCheck, warn: TriangleAlert, bad: CircleAlert };

/**
 * Renders an inline notice. Set `announce` if it appears after the page has loaded (such as the result of a
 * form), so that screen readers read it.
 */
export function Notice(props: {
  tone?: NoticeTone;
  title?: ReactNode;
  children?: ReactNode;
  action?: ReactNode;
  announce?: boolean;
}) {
  const tone = props.tone ?? "info";
  const Icon = icons[tone];
  return (
    <div
      className={styles.notice}
      data-slot="notice"
      data-tone={tone}
      role={props.announce ? (tone === "bad" ? "alert" : "status") : undefined}
    >
      <Icon size={17} aria-hidden />
      <div>
        {props.title ? <p className={styles.title}>{props.title}</p> : null}
        {props.children ? <div className={styles.text}>{props.children}</div> : null}
        {props.action ? <div className={styles.action}>{props.action}</div> : null}
      </div>
    </div>
  );
}

/** Renders the error of a whole form, announced to screen readers, or nothing. */
export function FormError({ children }: { children?: ReactNode }) {
  if (!children) return null;
  return (
    <Notice tone="bad" announce>
      {children}
    </Notice>
  );
}
