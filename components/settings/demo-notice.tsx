"use client";

import { useActionState } from "react";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { removeDemoOrganization } from "@/lib/organizations/actions";

/** Tells the operator that the demo is loaded, and removes it in one press (REQ-H3). */
export function DemoNotice({ name }: { name: string }) {
  const [state, action] = useActionState(removeDemoOrganization, null);
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
      {state?.ok === false ? state.message : "Its people are invented, and no letter ever leaves for them."}
    </Notice>
  );
}
