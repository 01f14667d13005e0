import { NextIntlClientProvider } from "next-intl";
import { getMessages } from "next-intl/server";
import type { ReactNode } from "react";
import type { Catalog } from "@/lib/i18n/messages";

/** A part of the catalog that can be sent to the browser. */
export type ClientNamespace = Exclude<keyof Catalog, "admin"> | `admin.${keyof Catalog["admin"]}`;

/** What components on every page use. */
const ON_EVERY_PAGE: ClientNamespace[] = ["common", "errors", "ui"];

/**
 * Makes messages available to the client components below it: those of `namespaces` and those that every page uses, and
 * no others. `npm run check` names the namespaces that a page needs and does not list.
 */
export async function ClientMessages({
  namespaces = [],
  children,
}: {
  namespaces?: ClientNamespace[];
  children: ReactNode;
}) {
  const messages = pickMessages(await getMessages(), [...ON_EVERY_PAGE, ...namespaces]);
  return <NextIntlClientProvider messages={messages}>{children}</NextIntlClientProvider>;
}

function pickMessages(catalog: Catalog, namespaces: ClientNamespace[]): Partial<Catalog> {
  const picked: Record<string, unknown> = {};
  const admin: Record<string, unknown> = {};
  for (const namespace of namespaces) {
    if (namespace.startsWith("admin.")) {
      const area = namespace.slice("admin.".length) as keyof Catalog["admin"];
      admin[area] = catalog.admin[area];
    } else {
      picked[namespace] = catalog[namespace as keyof Catalog];
    }
  }
  return { ...picked, ...(Object.keys(admin).length > 0 ? { admin } : {}) } as Partial<Catalog>;
}
