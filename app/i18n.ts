import { getRequestConfig } from "next-intl/server";
import { currentLocale, currentTimeZone } from "@/app/reader";
import { CATALOGS } from "@/lib/i18n/catalogs";
import { logBug } from "@/lib/log/log";

/** The language, messages and time zone of a request, for next-intl. A missing message shows its key and is logged. */
export default getRequestConfig(async () => {
  const locale = await currentLocale();
  return {
    locale,
    messages: CATALOGS[locale],
    timeZone: await currentTimeZone(),
    onError: (error) => logBug(error, {}),
  };
});
