import { env } from "@/lib/config/env";
import type { RingKey } from "@/lib/config/env-fields";

/** Returns the key for new secrets: the first of the ring. */
export function currentKey(): RingKey {
  return env().keys[0];
}

/**
 * Returns the key with this id; undefined if it has been removed from the ring, which only closed rows may
 * refer to.
 */
export function findKey(id: number): RingKey | undefined {
  return env().keys.find((key) => key.id === id);
}

/**
 * Returns the key of an open row. Throws if it is missing, which startup rules out (`assertKeysAvailable`).
 */
export function requireKey(id: number): RingKey {
  const key = findKey(id);
  if (!key) throw new Error(`key ${id} is not in the ring`);
  return key;
}
