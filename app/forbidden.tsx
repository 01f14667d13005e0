import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { PublicPage } from "@/components/ticket/public-page";
import { Ticket } from "@/components/ticket/ticket";
import { parseAdminPath } from "@/lib/auth/admin-pages";
import { currentActor } from "@/lib/auth/current";
import { currentUrlPath } from "@/lib/auth/guards";
import { currentTranslation } from "@/lib/i18n/current-translation";
import { missingPermissionMessage } from "@/lib/permissions/messages";

export async function generateMetadata() {
  const t = await getTranslations();
  return { title: t("errors.pages.forbidden.title") };
}

/** Says which permission is missing and who can grant it (REQ-A5). Next passes no props, so the page is parsed from the URL. */
export default async function Forbidden() {
  const translation = await currentTranslation();
  const { t } = translation;
  const page = parseAdminPath(await currentUrlPath());
  const actor = page && (await currentActor(page.slug));
  return (
    <PublicPage>
      <Ticket
        title={t("errors.pages.forbidden.title")}
        stub={<Link href="/">{t("common.backToFoyer")}</Link>}
      >
        <p>
          {page && actor
            ? missingPermissionMessage(translation, page.permission)
            : t("errors.pages.forbidden.message")}
        </p>
      </Ticket>
    </PublicPage>
  );
}
