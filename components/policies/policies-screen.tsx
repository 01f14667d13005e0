"use client";

import { useTranslations } from "next-intl";
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
  const t = useTranslations();
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
      <PageHeader title={t("admin.policies.title")}>
        <Button
          variant="primary"
          onClick={() => openDialog("form", null)}
          onPointerEnter={preload}
          onFocus={preload}
        >
          {t("admin.policies.create")}
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
          kind === "delete"
            ? t("admin.policies.deleteDialog.title", { name: policy?.name ?? "" })
            : policy
              ? t("admin.policies.form.editTitle")
              : t("admin.policies.form.createTitle")
        }
        description={
          kind === "delete"
            ? t("admin.policies.deleteDialog.description")
            : t("admin.policies.form.description")
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
