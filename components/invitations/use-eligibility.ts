import { useEffect, useState } from "react";
import { checkEligibilityAction } from "@/lib/admin/invitation-actions";
import type { IneligibleReason } from "@/lib/invitations/list-file/validate-lines";

/** The delay after the last key press before corrected addresses are checked, in milliseconds. */
const DEBOUNCE_MS = 250;

/** What the database says about checked addresses; null if they can be invited. */
export type CheckedAddresses = Readonly<Record<string, IneligibleReason | null>>;

/**
 * Checks which addresses can't be invited (REQ-B5), all new ones in one request and each address once. If the
 * request fails, the addresses count as eligible: the server checks again when the list is uploaded. `setAddresses`
 * says which addresses to check.
 */
export function useEligibility(organization: string) {
  const [addresses, setAddresses] = useState<readonly string[]>([]);
  const [ineligible, setIneligible] = useState<CheckedAddresses>({});
  const unchecked = addresses.filter((address) => !Object.hasOwn(ineligible, address)).join("\n");
  useEffect(() => {
    if (unchecked === "") return;
    let isStale = false;
    const timer = setTimeout(async () => {
      const checked = unchecked.split("\n");
      const result = await checkEligibilityAction({ organization, addresses: checked }).catch(() => null);
      if (isStale) return;
      const found = result?.ok ? result.value : {};
      const entries = checked.map((address) => [address, found[address] ?? null]);
      setIneligible((current) => ({ ...current, ...Object.fromEntries(entries) }));
    }, DEBOUNCE_MS);
    return () => {
      isStale = true;
      clearTimeout(timer);
    };
  }, [organization, unchecked]);
  return { ineligible, isChecking: unchecked !== "", setAddresses };
}
