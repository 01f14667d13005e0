import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { InvalidLink } from "@/components/accounts/invalid-link";
import { LinkForm } from "@/components/accounts/link-form";
import { ClientMessages } from "@/components/i18n/client-messages";
import { PublicPage } from "@/components/ticket/public-page";
import { Ticket } from "@/components/ticket/ticket";
import { confirmAddressAction } from "@/lib/accounts/actions";
import { LINK_MESSAGES } from "@/lib/accounts/messages";
import { findAccountLink } from "@/lib/accounts/queries";
import { currentClientIp } from "@/lib/actions/define-action";
import { currentAccount } from "@/lib/auth/current";
import { currentTranslation } from "@/lib/i18n/current-translation";
import { translateRefusal } from "@/lib/result/result";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations();
  return { title: t("accounts.confirmAddress.title") };
}

/** The page that the confirmation email links to (REQ-D9). Opening it changes nothing. */
export default async function Confirm({ params }: PageProps<"/confirm/[code]">) {
  const { code } = await params;
  const translation = await currentTranslation();
  const { t } = translation;
  const link = await findAccountLink(await currentClientIp(), "confirm-address", code);
  if (!link.ok)
    return (
      <InvalidLink
        message={translateRefusal(translation, LINK_MESSAGES, link)}
        hint={t("accounts.confirmAddress.newLinkHint")}
        retry={{ href: "/account", label: t("accounts.link.goToAccount") }}
      />
    );
  const isOwnSession = (await currentAccount())?.accountId === link.value.accountId;
  return (
    <ClientMessages namespaces={["accounts"]}>
      <PublicPage>
        <Ticket lead={link.value.email} title={t("accounts.confirmAddress.title")}>
          <p>{t(isOwnSession ? "accounts.confirmAddress.intro" : "accounts.link.claimIntro")}</p>
          <LinkForm
            action={confirmAddressAction}
            code={code}
            asksPassword={!isOwnSession}
            label={t("accounts.confirmAddress.submit")}
          />
        </Ticket>
      </PublicPage>
    </ClientMessages>
  );
}
