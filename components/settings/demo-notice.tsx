"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { removeDemoAction } from "@/lib/organizations/actions";

/** Tells the operator that the demo is loaded, with a button to remove it (REQ-H3). */
export function DemoNotice({ name }: { name: string }) {
  const t = useTranslations();
  const [state, action] = useActionState(removeDemoAction, null);
  return (
    <Notice
      title={t("admin.demo.title", { name })}
      action={
        <form action={action}>
          <SubmitButton variant="plain" size="small">
            {t("admin.demo.remove")}
          </SubmitButton>
        </form>
      }
    >
      {state?.ok === false ? state.message : t("admin.demo.hint")}
    </Notice>
  );
}
