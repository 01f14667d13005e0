import { useTranslations } from "next-intl";
import { EmailChangeSection } from "@/components/accounts/email-change";
import styles from "@/components/accounts/email-section.module.css";
import { ResendConfirmation } from "@/components/accounts/resend-confirmation";
import { Badge } from "@/components/ui/badge";
import panelStyles from "@/components/ui/panel.module.css";
import type { EmailChange } from "@/lib/accounts/queries";

type Props = {
  account: { id: string; email: string; confirmed: boolean; hasPassword: boolean };
  change: EmailChange;
  /** True if an email provider is configured. */
  hasEmailProvider: boolean;
};

/** The account's address, whether it is confirmed (REQ-D9), and how to confirm or change it. */
export function EmailSection({ account, change, hasEmailProvider }: Props) {
  const t = useTranslations();
  const { email, confirmed } = account;
  return (
    <>
      <p className={styles.email}>
        <strong>{email}</strong>{" "}
        {confirmed ? (
          <Badge tone="ok">{t("accounts.email.confirmed")}</Badge>
        ) : (
          <Badge tone="warn">{t("accounts.email.notConfirmed")}</Badge>
        )}
      </p>
      {confirmed ? (
        <EmailChangeSection account={account} initial={change} hasEmailProvider={hasEmailProvider} />
      ) : (
        <>
          <p className={panelStyles.intro}>{t("accounts.email.notConfirmedHint")}</p>
          <ResendConfirmation account={account} hasEmailProvider={hasEmailProvider} />
        </>
      )}
    </>
  );
}
