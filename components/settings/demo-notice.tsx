"use client";

import { useActionState } from "react";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { removeDemoAction } from "@/lib/organizations/actions";

/** Tells the operator that the demo is loaded, with a button to remove it (REQ-H3). */
export function DemoNotice({ name }: { name: string }) {
  const [state, action] = useActionState(removeDemoAction, null);
  return (
    <Notice
      title={`The demo organization ${name} is loaded`}
      action={
        <form action={action}>
          <SubmitButton variant="plain" size="small">
            Remove demo
          </SubmitButton>
        </form>
      }
    >
      {state?.ok === false ? state.message : "Its people are made up and are never emailed."}
    </Notice>
  );
}
