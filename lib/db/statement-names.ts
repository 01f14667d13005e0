/**
 * Returns a function that names prepared statements, so that PostgreSQL parses and plans a statement once per
 * connection. A statement gets a name when it occurs the second time, because planning a statement that is
 * used only once is not worth it. At most `limit` get one; the others get "".
 */
export function createStatementNamer(limit = 200): (statement: { sql: string }) => string {
  const names = new Map<string, string>();
  const seenOnce = new Set<string>();
  return ({ sql }) => {
    const existing = names.get(sql);
    if (existing) return existing;
    if (names.size >= limit) return "";
    if (!seenOnce.delete(sql)) {
      // Keeps the set small, however many different statements occur once.
      if (seenOnce.size >= limit) seenOnce.clear();
      seenOnce.add(sql);
      return "";
    }
    const name = `foyer_${names.size}`;
    names.set(sql, name);
    return name;
  };
}
