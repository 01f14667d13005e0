"use client";

import { type SubmitEvent, useState, useTransition } from "react";
import { Losses } from "@/components/policies/losses";
import { PermissionChecks } from "@/components/policies/permission-checks";
import { type Chip, Chips } from "@/components/ui/chips";
import { DialogActions, DialogBody, DialogCancel } from "@/components/ui/dialog";
import { TextField } from "@/components/ui/field";
import { FormError } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { badPermission, isPermission, ownOf, type Permission } from "@/lib/permissions/permissions";
import { changePolicy, createPolicy, showPolicyLosses } from "@/lib/policies/actions";
import { BAD_PERMISSION_MESSAGES } from "@/lib/policies/messages";
import type { Loss, PolicyRow } from "@/lib/policies/queries";

type Props = {
  organization: string;
  /** Null: a new one. */
  policy: PolicyRow | null;
  held: readonly Permission[];
  onDirty: (dirty: boolean) => void;
  finish: (policies: readonly PolicyRow[], title: string) => void;
};

/** What was asked and is to be confirmed, with the permissions it was asked for. */
type Asked = { losses: Loss[] | null; keeps: string };

/**
 * Name and permissions of an access policy. Where saving takes something from somebody, it first says from how many, and
 * a second press saves (REQ-G2).
 */
export default function PolicyForm({ organization, policy, held, onDirty, finish }: Props) {
  const [name, setName] = useState(policy?.name ?? "");
  const [ours, setOurs] = useState(policy?.permissions.filter(isPermission) ?? []);
  const [own, setOwn] = useState<Chip[]>(ownOf(policy?.permissions ?? []).map(toChip));
  const [draft, setDraft] = useState("");
  const [error, setError] = useState<string | null>(null);
  const [asked, setAsked] = useState<Asked | null>(null);
  const [pending, start] = useTransition();

  const permissions = [...ours, ...own.map(({ text }) => text), ...split(draft).map(({ text }) => text)];
  const keeps = JSON.stringify([...permissions].sort());
  // What was counted for other permissions says nothing about these.
  const confirming = asked?.keeps === keeps ? asked : null;

  /** Answers what somebody would lose, or null where nobody does; undefined: it could not be found out. */
  const findLosses = async (id: string): Promise<Asked | null | undefined> => {
    const result = await showPolicyLosses({ organization, policy: id, keeps: permissions }).catch(() => null);
    if (!result?.ok) return void setError(result?.message ?? UNREACHED);
    const { losses } = result.value;
    return losses?.every(({ lose }) => lose === 0) ? null : { losses, keeps };
  };
  const save = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    start(async () => {
      setError(null);
      if (policy && !confirming) {
        const losing = await findLosses(policy.id);
        if (losing !== null) return setAsked(losing ?? null);
      }
      const sent = { organization, name, permissions };
      const result = await (policy
        ? changePolicy({ ...sent, policy: policy.id, version: policy.version })
        : createPolicy(sent)
      ).catch(() => null);
      if (!result?.ok) return setError(result?.message ?? UNREACHED);
      finish(
        result.value.policies,
        policy ? `Access policy ${name.trim()} changed` : `Access policy ${name.trim()} made`,
      );
    });
  };
  return (
    <form className="dialog-form" onSubmit={save}>
      <DialogBody>
        <FormError>{error}</FormError>
        <TextField
          label="Name"
          value={name}
          maxLength={100}
          autoComplete="off"
          onChange={(event) => {
            setName(event.target.value);
            onDirty(true);
          }}
        />
        <PermissionChecks
          chosen={ours}
          held={held}
          onChange={(next) => {
            setOurs(next);
            onDirty(true);
          }}
        />
        {held.includes("roles:assign") ? (
          <Chips
            label="Permissions of your own product"
            hint="Such as catalog.sources:read. Foyer stores them and hands them on; it does not know what they mean."
            chips={own}
            onChange={(next) => {
              setOwn(next);
              onDirty(true);
            }}
            split={split}
            onDraft={(text) => {
              setDraft(text);
              if (text) onDirty(true);
            }}
          />
        ) : (
          <p className="field-hint">
            Permissions of your own product can be put into a policy by who holds roles:assign.
          </p>
        )}
        {confirming ? <Losses losses={confirming.losses} /> : null}
      </DialogBody>
      <DialogActions>
        <DialogCancel />
        <SubmitButton pending={pending} variant={confirming ? "danger" : "primary"}>
          {policy ? (confirming ? "Save all the same" : "Save") : "Make access policy"}
        </SubmitButton>
      </DialogActions>
    </form>
  );
}

const UNREACHED = "The server could not be reached. Nothing was changed; try again.";

function split(text: string): Chip[] {
  return text
    .split(/[\s,;]+/)
    .filter((one) => one !== "")
    .map(toChip);
}

function toChip(text: string): Chip {
  const bad = isPermission(text) ? "permission-of-foyer" : badPermission(text);
  return bad ? { text, problem: BAD_PERMISSION_MESSAGES[bad] } : { text };
}
