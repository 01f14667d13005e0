/**
 * Names for statements, so that PostgreSQL parses and plans each text once a connection in place of every time. A text is
 * named from its second time on, and at most `most` are: one that is put together anew each time is not worth a plan.
 * Answers "" for a statement without a name.
 */
export function statementNames(most = 200): (statement: { sql: string }) => string {
  const names = new Map<string, string>();
  const seenOnce = new Set<string>();
  return ({ sql }) => {
    const known = names.get(sql);
    if (known) return known;
    if (names.size >= most) return "";
    if (!seenOnce.delete(sql)) {
      // Forgetting who came once keeps this small, whatever comes.
      if (seenOnce.size >= most) seenOnce.clear();
      seenOnce.add(sql);
      return "";
    }
    const name = `foyer_${names.size}`;
    names.set(sql, name);
    return name;
  };
}
