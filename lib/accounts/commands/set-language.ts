import { db } from "@/lib/db/client";
import type { Locale } from "@/lib/i18n/locales";
import { done, type Result } from "@/lib/result/result";

/** Sets the language of an account's pages and emails (REQ-D11); null follows the browser. */
export async function setLanguage(accountId: string, language: Locale | null): Promise<Result<null, never>> {
  await db().account.updateMany({ where: { id: accountId }, data: { language } });
  return done(null);
}
