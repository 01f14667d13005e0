import type { ReactNode } from "react";
import { Mark } from "@/components/shell/mark";

type Props = {
  /** Whose page it is: the organization, or Foyer itself. */
  name?: string;
  children: ReactNode;
  /** Help below the ticket (REQ-D7): where to look, whom to ask. */
  foot?: ReactNode;
  /** Room for more than a ticket, such as the mailbox. */
  wide?: boolean;
};

/** The frame of everything seen before one is in: setup, login, join. No script of its own. */
export function PublicPage({ name = "Foyer", children, foot, wide }: Props) {
  return (
    <div className={wide ? "public public-wide" : "public"}>
      <header className="public-head">
        <Mark />
        <span>{name}</span>
      </header>
      <main className="public-main">{children}</main>
      {foot ? <footer className="public-foot">{foot}</footer> : null}
    </div>
  );
}
