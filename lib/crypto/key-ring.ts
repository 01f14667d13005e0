import { env } from "@/lib/config/env";
import type { Key } from "@/lib/config/env-fields";

/** The key that makes new secrets: the first of the ring. */
export function currentKey(): Key {
  return env().keys[0];
}

/** The key a row's secret was made with; undefined where the row is settled and its key has left the ring since. */
export function findKey(id: number): Key | undefined {
  return env().keys.find((one) => one.id === id);
}

/** The key of a row that is still open: the start has refused a ring that lacks it. */
export function keyOf(id: number): Key {
  const key = findKey(id);
  if (!key) throw new Error(`key ${id} is not in the ring`);
  return key;
}
