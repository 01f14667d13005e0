import type { ReactNode } from "react";
import { FoyerLogo } from "@/components/shell/logo";

type Props = {
  /** The organization's name; by default Foyer's. */
  name?: string;
  children: ReactNode;
  /** Help below the ticket (REQ-D7), such as the support address. */
  foot?: ReactNode;
  /** A wider page, for content that does not fit a ticket, such as the mailbox. */
  wide?: boolean;
};

/** The frame of pages outside an organization: setup, login, join. Has no client-side script. */
export function PublicPage({ name = "Foyer", children, foot, wide }: Props) {
  return (
    <div className={wide ? "public public-wide" : "public"}>
      <header className="public-header">
        <FoyerLogo />
        <span>{name}</span>
      </header>
      <main className="public-main">{children}</main>
      {foot ? <footer className="public-footer">{foot}</footer> : null}
    </div>
  );
}
