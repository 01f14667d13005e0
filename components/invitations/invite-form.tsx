"use client";

import { useRouter } from "next/navigation";
import { type ReactNode, type RefObject, type SubmitEvent, useState, useTransition } from "react";
import { useApplyRows } from "@/components/members/row-updates";
import { DialogActions, DialogBody, DialogCancel } from "@/components/ui/dialog";
import { CheckField, SelectField } from "@/components/ui/field";
import { FormError } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { TagInput } from "@/components/ui/tag-input";
import type { TagItem } from "@/components/ui/tag-list";
import { inviteMembersAction } from "@/lib/admin/invitation-actions";
import type { InviteOptions } from "@/lib/admin/queries/invite-options";
import { parseAddresses } from "@/lib/email-address/email-address";
import type { InviteeResult } from "@/lib/invitations/commands/invite";
import { INVALID_ADDRESS_MESSAGES, INVITEE_STATUS_MESSAGES } from "@/lib/invitations/messages";
import { ROLE_HINTS, ROLE_NAMES, type Role } from "@/lib/permissions/roles";

type Props = {
  organization: { slug: string; name: string };
  options: InviteOptions;
  /** The people who were invited, shown above the fields. */
  summary: ReactNode;
  input: RefObject<HTMLInputElement | null>;
  onDirty: (dirty: boolean) => void;
  onResults: (results: InviteeResult[]) => void;
};

/**
 * Addresses, role and policies. Addresses that were not invited stay in the form with their reason (REQ-B3).
 */
export default function InviteForm({ organization, options, summary, input, onDirty, onResults }: Props) {
  const [tags, setTags] = useState<TagItem[]>([]);
  const [draft, setDraft] = useState("");
  const [role, setRole] = useState<Role>(options.defaultRole);
  const [policies, setPolicies] = useState(
    options.policies.filter((policy) => policy.isDefault).map(({ id }) => id),
  );
  const [error, setError] = useState<string | null>(null);
  const [pending, startTransition] = useTransition();
  const addRows = useApplyRows();
  const router = useRouter();

  const validCount = tags.filter((tag) => !tag.error).length;
  const changeTags = (next: TagItem[]) => {
    setTags(next);
    onDirty(next.length > 0);
  };
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    // Includes text that is entered but not yet a tag.
    const all = [...tags, ...splitAddresses(draft)];
    if (all.length === 0) return setError("Add at least one email address.");
    startTransition(async () => {
      const addresses = all.map((tag) => tag.text);
      const result = await inviteMembersAction({
        organization: organization.slug,
        addresses,
        role,
        policies,
      }).catch(() => null);
      if (!result)
        return setError("The server could not be reached. Send again: who was invited is not invited twice.");
      if (!result.ok) return setError(result.message);
      const { results, invitations, users } = result.value;
      setError(null);
      // Refused addresses stay, to be corrected and sent again with the same role and policies.
      changeTags(results.filter(({ invitationId }) => !invitationId).map(toInvalidTag));
      addRows({ invitations, users });
      onResults(results);
      router.refresh();
    });
  };
  return (
    <form className="dialog-form" onSubmit={submit}>
      <DialogBody>
        {summary}
        <FormError>{error}</FormError>
        <TagInput
          label="Email"
          hint="Separate many by comma, space or new line, or paste a list."
          tags={tags}
          onChange={changeTags}
          parse={splitAddresses}
          onDraft={(text) => {
            setDraft(text);
            onDirty(text.trim() !== "" || tags.length > 0);
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
        <fieldset className="check-group">
          <legend>Access policies</legend>
          {options.policies.map((policy) => (
            <CheckField
              key={policy.id}
              label={policy.name}
              hint={policy.isGrantable ? undefined : "It grants more than you hold, so you cannot give it."}
              disabled={!policy.isGrantable}
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
          {validCount > 1 ? `Send ${validCount} invitations` : "Send invitations"}
        </SubmitButton>
      </DialogActions>
    </form>
  );
}

function splitAddresses(text: string): TagItem[] {
  return parseAddresses(text).map((parsed) =>
    "address" in parsed
      ? { text: parsed.address }
      : { text: parsed.text, error: INVALID_ADDRESS_MESSAGES[parsed.reason] },
  );
}

function toInvalidTag({ text, status }: InviteeResult): TagItem {
  return { text, error: INVITEE_STATUS_MESSAGES[status] };
}
