import { useSearchParams } from "next/navigation";
import { useState } from "react";

const NOBODY: ReadonlySet<string> = new Set();

export type Selection = { selected: ReadonlySet<string>; select: (selected: ReadonlySet<string>) => void };

/**
 * Whose boxes are ticked. It outlives every change of the rows by what is done to them, and ends with the question: another
 * search, filter, order or page of the address begins with nobody.
 */
export function useSelection(): Selection {
  const question = useSearchParams().toString();
  const [kept, keep] = useState({ question, selected: NOBODY });
  return {
    selected: kept.question === question ? kept.selected : NOBODY,
    select: (selected) => keep({ question, selected }),
  };
}
