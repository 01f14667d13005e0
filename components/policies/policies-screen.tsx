"use client";

import { lazy, useState } from "react";
import { PoliciesTable } from "@/components/policies/policies-table";
import { PageHead } from "@/components/shell/page-head";
import { Button } from "@/components/ui/button";
import { Dialog, preloadDialog } from "@/components/ui/dialog";
import { useToast } from "@/components/ui/toast";
import type { Permission } from "@/lib/permissions/permissions";
import type { PolicyRow } from "@/lib/policies/queries";

/** They come with the first dialog. */
const loadForm = () => import("@/components/policies/policy-form");
const PolicyForm = lazy(loadForm);
const DeletePolicy = lazy(() => import("@/components/policies/delete-policy"));

type Props = {
  organization: string;
  rows: readonly PolicyRow[];
  /** What the actor holds of Foyer's permissions: only that goes into a policy (REQ-A3). */
  held: readonly Permission[];
};

type Open = { what: "form" | "delete"; policy: PolicyRow | null; round: number };

/** Access policies with their dialogs (REQ-G2). What was just changed is shown from the answer, at once. */
export function PoliciesScreen({ organization, rows, held }: Props) {
  const [read, setRead] = useState({ from: rows, shown: rows });
  if (read.from !== rows) setRead({ from: rows, shown: rows });
  const [dialog, setDialog] = useState<Open | null>(null);
  const [open, setOpen] = useState(false);
  const [dirty, setDirty] = useState(false);
  const toast = useToast();

  const show = (what: Open["what"], policy: PolicyRow | null) => {
    // Each opening begins anew.
    setDialog((before) => ({ what, policy, round: (before?.round ?? 0) + 1 }));
    setDirty(false);
    setOpen(true);
  };
  const finish = (policies: readonly PolicyRow[], title: string) => {
    setRead({ from: rows, shown: policies });
    setOpen(false);
    toast({ title, tone: "ok" });
  };
  const preload = () => {
    preloadDialog();
    void loadForm();
  };
  const { what, policy, round } = dialog ?? { what: "form", policy: null, round: 0 };
  return (
    <>
      <PageHead title="Access policies">
        <Button
          variant="primary"
          onClick={() => show("form", null)}
          onPointerEnter={preload}
          onFocus={preload}
        >
          New access policy
        </Button>
      </PageHead>
      <PoliciesTable
        rows={read.shown}
        edit={(row) => show("form", row)}
        remove={(row) => show("delete", row)}
      />
      <Dialog
        open={open}
        onOpenChange={setOpen}
        dirty={dirty}
        size={what === "form" ? "wide" : "regular"}
        title={
          what === "delete" ? `Delete ${policy?.name}?` : policy ? "Edit access policy" : "New access policy"
        }
        description={
          what === "delete"
            ? "It is taken from everybody who has it, the invited included. This cannot be undone."
            : "A named set of permissions, given to people on top of their role."
        }
      >
        {what === "delete" && policy ? (
          <DeletePolicy key={round} organization={organization} policy={policy} finish={finish} />
        ) : (
          <PolicyForm
            key={round}
            organization={organization}
            policy={policy}
            held={held}
            onDirty={setDirty}
            finish={finish}
          />
        )}
      </Dialog>
    </>
  );
}
