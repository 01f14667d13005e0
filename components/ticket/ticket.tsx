import type { ReactNode } from "react";
import styles from "@/components/ticket/ticket.module.css";

type Props = {
  /** A line above the title, such as "Ana Duarte invited you". */
  lead?: ReactNode;
  title: ReactNode;
  children?: ReactNode;
  /** Below the perforated line: expiry and code, or other links. Without it the line is left out. */
  stub?: ReactNode;
};

/** The card of the public pages, which looks like the emails. Its title is the page's h1. */
export function Ticket({ lead, title, children, stub }: Props) {
  return (
    <article className={styles.ticket}>
      <div className={styles.top}>
        {lead ? <p className={styles.lead}>{lead}</p> : null}
        <h1 className={styles.title}>{title}</h1>
        {children}
      </div>
      {stub ? (
        <>
          <div className={styles.perforation} aria-hidden="true" />
          <div className={styles.stub}>{stub}</div>
        </>
      ) : null}
    </article>
  );
}

/** The buttons of a ticket, the primary one first. */
export function TicketActions({ children }: { children: ReactNode }) {
  return <div className={styles.actions}>{children}</div>;
}
