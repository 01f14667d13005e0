import { useTranslations } from "next-intl";
import { EmptyState } from "@/components/ui/empty-state";

/** Shown while the actor is the only user: how to invite people, and how invitations are delivered. */
export function FirstSteps({ isMailed }: { isMailed: boolean }) {
  const t = useTranslations();
  return (
    <EmptyState title={t("admin.users.firstSteps.title")}>
      {t(isMailed ? "admin.users.firstSteps.text" : "admin.users.firstSteps.hintWithoutEmail")}
    </EmptyState>
  );
}
