import { useTranslations } from "next-intl";

/** The organization's support address below a public page (REQ-G1), if it has one. */
export function SupportLine({ address }: { address: string | null }) {
  const t = useTranslations();
  return address ? <p>{t("join.help.askSupport", { support: address })}</p> : null;
}
