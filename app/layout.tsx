import type { Metadata, Viewport } from "next";
import { getLocale } from "next-intl/server";
import type { ReactNode } from "react";
import { fontVariables } from "@/app/fonts";
import { ClientMessages } from "@/components/i18n/client-messages";
import { TimeZoneCookie } from "@/components/i18n/time-zone-cookie";
import { readTheme } from "@/components/shell/read-theme";
import "@/app/globals.css";
// Every page preloads the CSS of the error pages, so it is used by every page.
import "@/components/ticket/public-page.module.css";
import "@/components/ticket/ticket.module.css";
import "@/components/ui/button.module.css";

export const metadata: Metadata = {
  title: { default: "Foyer", template: "%s · Foyer" },
  description: "Manages who joins your organization.",
  // The URLs of invitations are secret, so no page may be indexed.
  robots: { index: false, follow: false },
  manifest: "/manifest.webmanifest",
  icons: {
    icon: [
      { url: "/favicon.ico", sizes: "48x48" },
      { url: "/icon.svg", type: "image/svg+xml" },
    ],
    apple: "/apple-touch-icon.png",
  },
  formatDetection: { telephone: false, email: false, address: false },
};

export const viewport: Viewport = { colorScheme: "light dark", width: "device-width", initialScale: 1 };

/** Reading the theme cookie also makes every page dynamic, which the CSP nonce requires. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  return (
    <html lang={await getLocale()} className={fontVariables} data-theme={await readTheme()}>
      <body>
        <ClientMessages>{children}</ClientMessages>
        <TimeZoneCookie />
      </body>
    </html>
  );
}
