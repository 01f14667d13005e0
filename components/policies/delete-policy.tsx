"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState, useTransition } from "react";
import { PolicyImpact } from "@/components/policies/policy-impact";
import { DialogActions, DialogBody, DialogCancel } from "@/components/ui/dialog";
import { FormError } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { deletePolicyAction, previewPolicyImpactAction } from "@/lib/policies/actions";
import type { PermissionImpact, PolicyRow } from "@/lib/policies/queries";

type Props = {
  organization: string;
  policy: PolicyRow;
  finish: (policies: readonly PolicyRow[], title: string) => void;
};

/** Shows the impact, then deletes (REQ-G2). */
export default function DeletePolicy({ organization, policy, finish }: Props) {
  const t = useTranslations();
  const [impacts, setImpacts] = useState<PermissionImpact[] | null | undefined>();
  const [error, setError] = useState<string | null>(null);
  const [pending, start] = useTransition();

  useEffect(() => {
    let isMounted = true;
    const load = async () => {
      const input = { organization, policy: policy.id, remaining: [] };
      const result = await previewPolicyImpactAction(input).catch(() => null);
      if (!isMounted) return;
      if (result?.ok) setImpacts(result.value.impacts);
      else setError(result?.message ?? t("errors.actions.unreachable"));
    };
    void load();
    return () => {
      isMounted = false;
    };
  }, [organization, policy.id, t]);

  const remove = () =>
    start(async () => {
      const { id, version } = policy;
      const result = await deletePolicyAction({ organization, policy: id, version }).catch(() => null);
      if (result?.ok)
        finish(result.value.policies, t("admin.policies.deleteDialog.done", { name: policy.name }));
      else setError(result?.message ?? t("errors.actions.unreachable"));
    });
  return (
    <>
      <DialogBody>
        <FormError>{error}</FormError>
        {impacts === undefined ? (
          error ? null : (
            <p role="status">{t("admin.policies.deleteDialog.counting")}</p>
          )
        ) : (
          <PolicyImpact impacts={impacts} />
        )}
      </DialogBody>
      <DialogActions>
        <DialogCancel />
        <SubmitButton
          type="button"
          variant="danger"
          pending={pending}
          onClick={remove}
          disabledReason={impacts === undefined ? t("admin.policies.deleteDialog.stillCounting") : undefined}
        >
          {t("admin.policies.deleteDialog.submit")}
        </SubmitButton>
      </DialogActions>
    </>
  );
}
