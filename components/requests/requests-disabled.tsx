import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { buttonClass } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Notice } from "@/components/ui/notice";

type Props = {
  /** URL of the settings; undefined if the actor cannot change them. */
  settingsHref: string | undefined;
  /** Whether the list is shown below. */
  hasList: boolean;
};

/**
 * Renders the notice that the login page accepts no requests (REQ-E1). Expired invitations still do (REQ-D6).
 */
export function RequestsDisabled({ settingsHref, hasList }: Props) {
  const t = useTranslations();
  const b = (text: ReactNode) => <b>{text}</b>;
  const title = t("admin.requests.disabled.title");
  const text = settingsHref
    ? t.rich("admin.requests.disabled.text", { b })
    : t.rich("admin.requests.disabled.textAskAdmin", { b });
  const action = settingsHref ? (
    <Link className={buttonClass()} href={settingsHref}>
      {t("admin.requests.disabled.settings")}
    </Link>
  ) : undefined;
  return hasList ? (
    <Notice title={title} action={action}>
      {text}
    </Notice>
  ) : (
    <EmptyState title={title} action={action}>
      {text}
    </EmptyState>
  );
}
