import type { ReactNode } from "react";

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
    <article className="ticket">
      <div className="ticket-top">
        {lead ? <p className="ticket-lead">{lead}</p> : null}
        <h1 className="ticket-title">{title}</h1>
        {children}
      </div>
      {stub ? (
        <>
          <div className="perforation" aria-hidden="true" />
          <div className="ticket-stub">{stub}</div>
        </>
      ) : null}
    </article>
  );
}

/** The buttons of a ticket, the primary one first. */
export function TicketActions({ children }: { children: ReactNode }) {
  return <div className="ticket-actions">{children}</div>;
}
