import Link from "next/link";
import { buttonClass } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Notice } from "@/components/ui/notice";

type Props = {
  /** URL of the settings; undefined if the actor cannot change them. */
  settingsHref: string | undefined;
  /** Whether the list is shown below. */
  hasList: boolean;
};

const TITLE = "Requests are off";

/**
 * Renders the notice that the login page accepts no requests (REQ-E1). Expired invitations still do (REQ-D6).
 */
export function RequestsDisabled({ settingsHref, hasList }: Props) {
  const text = settingsHref
    ? "People can't request invitations on your login page. Turn on New user invitations in Settings."
    : "People can't request invitations on your login page. Ask an Owner or Admin to turn on New user invitations.";
  const action = settingsHref ? (
    <Link className={buttonClass()} href={settingsHref}>
      Open settings
    </Link>
  ) : undefined;
  return hasList ? (
    <Notice title={TITLE} action={action}>
      {text}
    </Notice>
  ) : (
    <EmptyState title={TITLE} action={action}>
      {text}
    </EmptyState>
  );
}
