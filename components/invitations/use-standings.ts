import { useEffect, useState } from "react";
import { previewList } from "@/lib/admin/invitation-actions";
import type { Standing } from "@/lib/invitations/list-file/verdicts";

/** Milliseconds without a key before a mended address is asked about. */
const REST = 250;

/**
 * What the database knows of these addresses (REQ-B5), asked in one go and once for each. Where it cannot be asked nothing
 * is known: the server decides again when the list is sent.
 */
export function useStandings(organization: string, addresses: readonly string[]) {
  const [standings, setStandings] = useState<Record<string, Standing | null>>({});
  const unknown = addresses.filter((address) => !Object.hasOwn(standings, address)).join("\n");
  useEffect(() => {
    if (unknown === "") return;
    let isStale = false;
    const timer = setTimeout(async () => {
      const asked = unknown.split("\n");
      const result = await previewList({ organization, addresses: asked }).catch(() => null);
      if (isStale) return;
      const found = result?.ok ? result.value : {};
      const answers = asked.map((address) => [address, found[address] ?? null]);
      setStandings((before) => ({ ...before, ...Object.fromEntries(answers) }));
    }, REST);
    return () => {
      isStale = true;
      clearTimeout(timer);
    };
  }, [organization, unknown]);
  return { standings, isChecking: unknown !== "" };
}
