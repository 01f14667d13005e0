import { useEffect, useState } from "react";
import type { ListReader } from "@/components/invitations/list-reader";
import { type CheckedAddresses, useEligibility } from "@/components/invitations/use-eligibility";
import type { InviteOptions } from "@/lib/admin/queries/invite-options";
import { LOCALES } from "@/lib/i18n/locales";
import type { InvalidListReason } from "@/lib/invitations/list-file/decode";
import type { ListPreview } from "@/lib/invitations/list-file/preview";
import {
  type LineContext,
  type ListChoices,
  readyAddresses,
} from "@/lib/invitations/list-file/validate-lines";

/** Returns what lines are validated against: what the inviter can grant, and what the database knows. */
export function lineContext(options: InviteOptions, ineligible: CheckedAddresses = {}): LineContext {
  const policies = options.policies.map(({ id, name, isGrantable }) => ({ id, name, isGrantable }));
  return { roles: options.roles, policies, languages: LOCALES, ineligible };
}

type Input = {
  organization: string;
  options: InviteOptions;
  reader: ListReader;
  choices: ListChoices;
  from: number;
  /** The preview that is known already. */
  initial: ListPreview | null;
};

/**
 * Returns the preview of the list, which follows every choice and the check of its addresses (REQ-B5, REQ-B12); null
 * until it is read. After a choice that is refused, it is the last preview, and `refusal` says why.
 */
export function usePreview({ organization, options, reader, choices, from, initial }: Input) {
  const [preview, setPreview] = useState(initial);
  const [refusal, setRefusal] = useState<InvalidListReason | null>(null);
  const { ineligible, isChecking, setAddresses } = useEligibility(organization);
  useEffect(() => {
    let isStale = false;
    void reader.preview({ choices, context: lineContext(options, ineligible), from }).then((result) => {
      if (isStale || !result) return;
      setRefusal(result.ok ? null : result.reason);
      if (!result.ok) return;
      setPreview(result.value);
      setAddresses(readyAddresses(result.value.lines.map(({ line }) => line)));
    });
    return () => {
      isStale = true;
    };
  }, [reader, choices, options, ineligible, from, setAddresses]);
  return { preview, refusal, isChecking };
}
