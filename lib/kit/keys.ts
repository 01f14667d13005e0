import { env } from "@/lib/kit/env";
import type { Key } from "@/lib/kit/secrets";

/** The key that makes new secrets: the first of the ring. */
export function currentKey(): Key {
  return env().keys[0];
}

/** The key a row's secret was made with; all keys of the ring stay readable. The start checks that none is missing. */
export function keyOf(id: number): Key {
  const key = env().keys.find((one) => one.id === id);
  if (!key) throw new Error(`key ${id} is not in the ring`);
  return key;
}
