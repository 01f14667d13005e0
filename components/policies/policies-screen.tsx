"use client";

import { lazy, useState } from "react";
import { PoliciesTable } from "@/components/policies/policies-table";
import { PageHeader } from "@/components/shell/page-header";
import { Button } from "@/components/ui/button";
import { Dialog, preloadDialog } from "@/components/ui/dialog";
import { useToast } from "@/components/ui/toast";
import type { Permission } from "@/lib/permissions/permissions";
import type { PolicyRow } from "@/lib/policies/queries";

/** Loaded when a dialog opens. */
const loadForm = () => import("@/components/policies/policy-form");
const PolicyForm = lazy(loadForm);
const DeletePolicy = lazy(() => import("@/components/policies/delete-policy"));

type Props = {
  organization: string;
  rows: readonly PolicyRow[];
  /** Foyer's permissions that the actor has and can put into a policy (REQ-A3). */
  grantable: readonly Permission[];
};

/** `openCount`: how often a dialog was opened; used as key, so that each opening starts with fresh state. */
type DialogState = { kind: "form" | "delete"; policy: PolicyRow | null; openCount: number };

/** The list of access policies with their dialogs (REQ-G2). Shows changes from the action's result. */
export function PoliciesScreen({ organization, rows, grantable }: Props) {
  const [list, setList] = useState({ pageRows: rows, shown: rows });
  if (list.pageRows !== rows) setList({ pageRows: rows, shown: rows });
  const [dialog, setDialog] = useState<DialogState | null>(null);
  const [open, setOpen] = useState(false);
  const [dirty, setDirty] = useState(false);
  const toast = useToast();

  const openDialog = (kind: DialogState["kind"], policy: PolicyRow | null) => {
    setDialog((previous) => ({ kind, policy, openCount: (previous?.openCount ?? 0) + 1 }));
    setDirty(false);
    setOpen(true);
  };
  const finish = (policies: readonly PolicyRow[], title: string) => {
    setList({ pageRows: rows, shown: policies });
    setOpen(false);
    toast({ title, tone: "ok" });
  };
  const preload = () => {
    preloadDialog();
    void loadForm();
  };
  const { kind, policy, openCount } = dialog ?? { kind: "form", policy: null, openCount: 0 };
  return (
    <>
      <PageHeader title="Access policies">
        <Button
          variant="primary"
          onClick={() => openDialog("form", null)}
          onPointerEnter={preload}
          onFocus={preload}
        >
          New access policy
        </Button>
      </PageHeader>
      <PoliciesTable
        rows={list.shown}
        onEdit={(row) => openDialog("form", row)}
        onDelete={(row) => openDialog("delete", row)}
      />
      <Dialog
        open={open}
        onOpenChange={setOpen}
        dirty={dirty}
        size={kind === "form" ? "wide" : "regular"}
        title={
          kind === "delete" ? `Delete ${policy?.name}?` : policy ? "Edit access policy" : "New access policy"
        }
        description={
          kind === "delete"
            ? "Everyone who has it loses it, including invited people. You can't undo this."
            : "A named set of permissions, given to people on top of their role."
        }
      >
        {kind === "delete" && policy ? (
          <DeletePolicy key={openCount} organization={organization} policy={policy} finish={finish} />
        ) : (
          <PolicyForm
            key={openCount}
            organization={organization}
            policy={policy}
            grantable={grantable}
            onDirty={setDirty}
            finish={finish}
          />
        )}
      </Dialog>
    </>
  );
}
