"use client";

import { useEffect, useState, useTransition } from "react";
import { Losses } from "@/components/policies/losses";
import { DialogActions, DialogBody, DialogCancel } from "@/components/ui/dialog";
import { FormError } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { deletePolicy, showPolicyLosses } from "@/lib/policies/actions";
import type { Loss, PolicyRow } from "@/lib/policies/queries";

type Props = {
  organization: string;
  policy: PolicyRow;
  finish: (policies: readonly PolicyRow[], title: string) => void;
};

const UNREACHED = "The server could not be reached. Nothing was changed; try again.";

/** Says who loses what, then deletes (REQ-G2). */
export default function DeletePolicy({ organization, policy, finish }: Props) {
  const [losses, setLosses] = useState<Loss[] | null | undefined>();
  const [error, setError] = useState<string | null>(null);
  const [pending, start] = useTransition();

  useEffect(() => {
    let isShown = true;
    const read = async () => {
      const result = await showPolicyLosses({ organization, policy: policy.id, keeps: [] }).catch(() => null);
      if (!isShown) return;
      if (result?.ok) setLosses(result.value.losses);
      else setError(result?.message ?? UNREACHED);
    };
    void read();
    return () => {
      isShown = false;
    };
  }, [organization, policy.id]);

  const remove = () =>
    start(async () => {
      const { id, version } = policy;
      const result = await deletePolicy({ organization, policy: id, version }).catch(() => null);
      if (result?.ok) finish(result.value.policies, `Access policy ${policy.name} deleted`);
      else setError(result?.message ?? UNREACHED);
    });
  return (
    <>
      <DialogBody>
        <FormError>{error}</FormError>
        {losses === undefined ? (
          error ? null : (
            <p role="status">Counting who has it…</p>
          )
        ) : (
          <Losses losses={losses} />
        )}
      </DialogBody>
      <DialogActions>
        <DialogCancel />
        <SubmitButton
          type="button"
          variant="danger"
          pending={pending}
          onClick={remove}
          disabledReason={losses === undefined ? "First look at who loses what" : undefined}
        >
          Delete access policy
        </SubmitButton>
      </DialogActions>
    </>
  );
}
