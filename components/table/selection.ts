import { useSearchParams } from "next/navigation";
import { useState } from "react";

const EMPTY_SELECTION: ReadonlySet<string> = new Set();

export type Selection = { selected: ReadonlySet<string>; select: (selected: ReadonlySet<string>) => void };

/**
 * Returns the selected rows and a function to change them. The selection survives changes of the rows, and is
 * cleared when search, filter, sort order or page in the URL change.
 */
export function useSelection(): Selection {
  const query = useSearchParams().toString();
  const [state, setState] = useState({ query, selected: EMPTY_SELECTION });
  return {
    selected: state.query === query ? state.selected : EMPTY_SELECTION,
    select: (selected) => setState({ query, selected }),
  };
}
