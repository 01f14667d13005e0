"use client";

import { type SubmitEvent, useEffect, useState } from "react";
import type { Choosing } from "@/components/table/bulk-bar";
import type { Send } from "@/components/table/bulk-run";
import { Dialog, DialogActions, DialogBody, DialogCancel } from "@/components/ui/dialog";
import { SelectField } from "@/components/ui/field";
import { FormError } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { showGifts } from "@/lib/admin/user-bulk-actions";
import type { Gifts } from "@/lib/members/queries/gifts";
import { ROLE_HINTS, ROLE_NAMES, type Role } from "@/lib/permissions/roles";

type Props = Choosing & {
  organization: string;
  what: "role" | "policy";
  give: (chosen: string) => Send;
};

const WORDS = {
  role: { title: "Change role", label: "Role", submit: "Change role" },
  policy: { title: "Add policy", label: "Access policy", submit: "Add policy" },
};

/** Asks which role, or which access policy, many shall have; of what the actor may give (REQ-A3). */
export function GiveMany({ organization, what, whom, give, open, start, close, afterwards }: Props) {
  const [gifts, setGifts] = useState<Gifts | null>(null);
  const [chosen, setChosen] = useState("");
  const [error, setError] = useState<string | null>(null);
  // What opened it is gone once something runs.
  const [isBegun, setBegun] = useState(false);
  const words = WORDS[what];
  useEffect(() => {
    let isShown = true;
    const read = async () => {
      const result = await showGifts({ organization }).catch(() => null);
      if (!isShown) return;
      if (result?.ok) setGifts(result.value);
      else setError(result?.message ?? "The server could not be reached. Close this and try again.");
    };
    void read();
    return () => {
      isShown = false;
    };
  }, [organization]);

  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (chosen) {
      setBegun(true);
      start(give(chosen));
    } else setError(`Choose ${what === "role" ? "a role" : "an access policy"}.`);
  };
  const options = gifts ? optionsOf(gifts, what) : [];
  return (
    <Dialog
      open={open}
      onOpenChange={() => {
        setBegun(false);
        close();
      }}
      title={words.title}
      description={`For ${whom}. Whoever holds more than you do stays as they are.`}
      {...(isBegun ? { finalFocus: afterwards } : {})}
    >
      <form className="dialog-form" onSubmit={submit}>
        <DialogBody>
          <FormError>{error}</FormError>
          <SelectField
            label={words.label}
            hint={what === "role" && chosen ? ROLE_HINTS[chosen as Role] : undefined}
            value={chosen}
            onChange={(event) => {
              setChosen(event.target.value);
              setError(null);
            }}
          >
            <option value="">Choose…</option>
            {options.map(({ value, label, isOutOfReach }) => (
              <option key={value} value={value} disabled={isOutOfReach}>
                {isOutOfReach ? `${label} (grants more than you hold)` : label}
              </option>
            ))}
          </SelectField>
        </DialogBody>
        <DialogActions>
          <DialogCancel />
          <SubmitButton pending={false}>{words.submit}</SubmitButton>
        </DialogActions>
      </form>
    </Dialog>
  );
}

function optionsOf(gifts: Gifts, what: Props["what"]) {
  return what === "role"
    ? gifts.roles.map((role) => ({ value: role as string, label: ROLE_NAMES[role], isOutOfReach: false }))
    : gifts.policies.map(({ id, name, mayGive }) => ({ value: id, label: name, isOutOfReach: !mayGive }));
}
