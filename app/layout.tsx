import type { Metadata, Viewport } from "next";
import type { ReactNode } from "react";
import { faces } from "@/app/fonts";
import { readTheme } from "@/components/shell/theme";
import "@/app/globals.css";

export const metadata: Metadata = {
  title: { default: "Foyer", template: "%s · Foyer" },
  description: "The place where an organization decides who comes in.",
  // An invitation's address is a secret: nothing here is for a search engine.
  robots: { index: false, follow: false },
  formatDetection: { telephone: false, email: false, address: false },
};

export const viewport: Viewport = { colorScheme: "light dark", width: "device-width", initialScale: 1 };

/** Reading the cookie also makes every page dynamic, which the CSP's nonce needs. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  return (
    <html lang="en" className={faces} data-theme={await readTheme()}>
      <body>{children}</body>
    </html>
  );
}
