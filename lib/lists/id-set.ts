const FIRST_ROOM = 1 << 12;

/**
 * Which of a great many random UUIDs were seen, in 16 to 32 bytes each instead of the hundreds of a Set of strings. It
 * compares 62 of their 122 random bits: among a million ids two are taken for one with a chance of one in ten million.
 */
export class SeenIds {
  #table = new BigUint64Array(FIRST_ROOM);
  #count = 0;

  /** Notes an id; false: it was noted before. */
  add(id: string): boolean {
    if (this.#count * 2 >= this.#table.length) this.#grow();
    if (!put(this.#table, bitsOf(id))) return false;
    this.#count++;
    return true;
  }

  #grow(): void {
    const larger = new BigUint64Array(this.#table.length * 2);
    for (const bits of this.#table) if (bits) put(larger, bits);
    this.#table = larger;
  }
}

/** The second half of a UUID. Its first bits are the same in all of them, so it is never the zero of an empty place. */
function bitsOf(id: string): bigint {
  return BigInt(`0x${id.slice(19).replace("-", "")}`);
}

/** Puts it at its own place or the next free one; false: it is there. */
function put(table: BigUint64Array, bits: bigint): boolean {
  const mask = table.length - 1;
  for (let at = Number(bits & 0xffffffffn) & mask; ; at = (at + 1) & mask) {
    if (table[at] === bits) return false;
    if (!table[at]) {
      table[at] = bits;
      return true;
    }
  }
}
