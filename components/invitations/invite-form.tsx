"use client";

import { useRouter } from "next/navigation";
import { type ReactNode, type RefObject, type SubmitEvent, useState, useTransition } from "react";
import { useAddRows } from "@/components/members/fresh-rows";
import { type Chip, Chips } from "@/components/ui/chips";
import { DialogActions, DialogBody, DialogCancel } from "@/components/ui/dialog";
import { CheckField, SelectField } from "@/components/ui/field";
import { FormError } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { inviteMembers } from "@/lib/admin/invitation-actions";
import type { InviteOptions } from "@/lib/admin/queries/invite-options";
import { parseAddresses } from "@/lib/email-address/email-address";
import type { Invited } from "@/lib/invitations/commands/invite";
import { BAD_ADDRESS_MESSAGES, INVITE_ANSWER_MESSAGES } from "@/lib/invitations/messages";
import { ROLE_HINTS, ROLE_NAMES, type Role } from "@/lib/permissions/roles";

type Props = {
  organization: { slug: string; name: string };
  options: InviteOptions;
  /** What became of the others, above the fields. */
  news: ReactNode;
  input: RefObject<HTMLInputElement | null>;
  onDirty: (dirty: boolean) => void;
  onAnswers: (answers: Invited[]) => void;
};

/** Addresses, role and policies. Each address gets its own answer; what failed stays with its reason (REQ-B3). */
export default function InviteForm({ organization, options, news, input, onDirty, onAnswers }: Props) {
  const [chips, setChips] = useState<Chip[]>([]);
  const [draft, setDraft] = useState("");
  const [role, setRole] = useState<Role>(options.defaultRole);
  const [policies, setPolicies] = useState(
    options.policies.filter((one) => one.isDefault).map(({ id }) => id),
  );
  const [error, setError] = useState<string | null>(null);
  const [pending, start] = useTransition();
  const show = useAddRows();
  const router = useRouter();

  const good = chips.filter((chip) => !chip.problem).length;
  const change = (next: Chip[]) => {
    setChips(next);
    onDirty(next.length > 0);
  };
  const send = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    // What is typed and not yet a chip is meant too.
    const all = [...chips, ...splitAddresses(draft)];
    if (all.length === 0) return setError("Add at least one email address.");
    start(async () => {
      const addresses = all.map((chip) => chip.text);
      const result = await inviteMembers({
        organization: organization.slug,
        addresses,
        role,
        policies,
      }).catch(() => null);
      if (!result)
        return setError("The server could not be reached. Send again: who was invited is not invited twice.");
      if (!result.ok) return setError(result.message);
      const { answers, invitations, users } = result.value;
      setError(null);
      // What was refused stays with its reason, to be mended and sent again with the same role and policies.
      change(answers.filter((one) => !one.invitationId).map(toProblem));
      show({ invitations, users });
      onAnswers(answers);
      router.refresh();
    });
  };
  return (
    <form className="dialog-form" onSubmit={send}>
      <DialogBody>
        {news}
        <FormError>{error}</FormError>
        <Chips
          label="Email"
          hint="Separate many by comma, space or new line, or paste a list."
          chips={chips}
          onChange={change}
          split={splitAddresses}
          onDraft={(text) => {
            setDraft(text);
            onDirty(text.trim() !== "" || chips.length > 0);
          }}
          inputRef={input}
        />
        <SelectField
          label="Role"
          hint={ROLE_HINTS[role]}
          value={role}
          onChange={(event) => setRole(event.target.value as Role)}
        >
          {options.roles.map((one) => (
            <option key={one} value={one}>
              {ROLE_NAMES[one]}
            </option>
          ))}
        </SelectField>
        <fieldset className="check-set">
          <legend>Access policies</legend>
          {options.policies.map((policy) => (
            <CheckField
              key={policy.id}
              label={policy.name}
              hint={policy.mayGive ? undefined : "It grants more than you hold, so you cannot give it."}
              disabled={!policy.mayGive}
              checked={policies.includes(policy.id)}
              onChange={(event) =>
                setPolicies(
                  event.target.checked ? [...policies, policy.id] : policies.filter((id) => id !== policy.id),
                )
              }
            />
          ))}
        </fieldset>
      </DialogBody>
      <DialogActions>
        <DialogCancel />
        <SubmitButton pending={pending}>
          {good > 1 ? `Send ${good} invitations` : "Send invitations"}
        </SubmitButton>
      </DialogActions>
    </form>
  );
}

function splitAddresses(text: string): Chip[] {
  return parseAddresses(text).map((parsed) =>
    "address" in parsed
      ? { text: parsed.address }
      : { text: parsed.text, problem: BAD_ADDRESS_MESSAGES[parsed.reason] },
  );
}

function toProblem({ text, answer }: Invited): Chip {
  return { text, problem: INVITE_ANSWER_MESSAGES[answer] };
}
