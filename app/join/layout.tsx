import type { ReactNode } from "react";
import { ClientMessages } from "@/components/i18n/client-messages";

/** The messages of the forms to join or decline. */
export default function JoinLayout({ children }: { children: ReactNode }) {
  return <ClientMessages namespaces={["join"]}>{children}</ClientMessages>;
}
