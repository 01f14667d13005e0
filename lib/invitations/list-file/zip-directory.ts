/** An entry of a zip file as its central directory declares it; sizes in bytes. */
export type ZipEntry = {
  name: string;
  compressedSize: number;
  size: number;
  isCompressed: boolean;
  /** Where the header before the data begins. */
  offset: number;
};

const END_SIGNATURE = 0x06054b50;
const ENTRY_SIGNATURE = 0x02014b50;
const LOCAL_SIGNATURE = 0x04034b50;
const DEFLATED = 8;
const LONGEST_COMMENT = 65_535;

/**
 * Returns the entries that the central directory of a zip file declares, without unpacking anything (S-DOS-5).
 * Returns null if it has no directory, it is damaged or it is made so that sizes are unknown before unpacking: zip64
 * directories and entries whose sizes are only behind their data.
 */
export function readZipDirectory(file: Uint8Array): ZipEntry[] | null {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const end = findEnd(view);
  if (end === -1) return null;
  const count = view.getUint16(end + 10, true);
  const entries: ZipEntry[] = [];
  let offset = view.getUint32(end + 16, true);
  for (let index = 0; index < count; index += 1) {
    if (offset + 46 > file.length || view.getUint32(offset, true) !== ENTRY_SIGNATURE) return null;
    const flags = view.getUint16(offset + 8, true);
    const compressedSize = view.getUint32(offset + 20, true);
    const size = view.getUint32(offset + 24, true);
    const nameLength = view.getUint16(offset + 28, true);
    const isEncrypted = (flags & 1) !== 0;
    // Readers would take the sizes from elsewhere, or unpack without a limit.
    const isUnknown = compressedSize === 0 ? (flags & 8) !== 0 || size > 0 : size === 0;
    if (isEncrypted || isUnknown) return null;
    const name = new TextDecoder().decode(file.subarray(offset + 46, offset + 46 + nameLength));
    const method = view.getUint16(offset + 10, true);
    if (method !== 0 && method !== DEFLATED) return null;
    entries.push({
      name,
      compressedSize,
      size,
      isCompressed: method === DEFLATED,
      offset: view.getUint32(offset + 42, true),
    });
    offset += 46 + nameLength + view.getUint16(offset + 30, true) + view.getUint16(offset + 32, true);
  }
  return entries;
}

/** Returns the offset of the record at the end of a zip file, or -1. */
function findEnd(view: DataView): number {
  const lowest = Math.max(0, view.byteLength - 22 - LONGEST_COMMENT);
  for (let offset = view.byteLength - 22; offset >= lowest; offset -= 1)
    if (view.getUint32(offset, true) === END_SIGNATURE) return offset;
  return -1;
}

/**
 * Unpacks all entries without keeping them and returns how often a byte occurs in them. Returns null if an entry does
 * not have the size that it declares, and stops at that size (S-DOS-5).
 */
export async function countByte(
  file: Uint8Array,
  entries: readonly ZipEntry[],
  byte: number,
): Promise<number | null> {
  let count = 0;
  for (const entry of entries) {
    const data = findData(file, entry);
    if (!data) return null;
    let size = 0;
    try {
      for await (const chunk of unpack(data, entry.isCompressed)) {
        size += chunk.length;
        if (size > entry.size) return null;
        for (let index = chunk.indexOf(byte); index !== -1; index = chunk.indexOf(byte, index + 1))
          count += 1;
      }
    } catch {
      // The data are damaged.
      return null;
    }
    if (size !== entry.size) return null;
  }
  return count;
}

function findData(file: Uint8Array, { offset, compressedSize }: ZipEntry): Uint8Array<ArrayBuffer> | null {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  if (offset + 30 > file.length || view.getUint32(offset, true) !== LOCAL_SIGNATURE) return null;
  const start = offset + 30 + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true);
  return start + compressedSize > file.length
    ? null
    : new Uint8Array(file.subarray(start, start + compressedSize));
}

/** Yields the data in pieces. Leaving the loop cancels the unpacking. */
async function* unpack(data: Uint8Array<ArrayBuffer>, isCompressed: boolean): AsyncGenerator<Uint8Array> {
  if (!isCompressed) {
    yield data;
    return;
  }
  const reader = new Blob([data]).stream().pipeThrough(new DecompressionStream("deflate-raw")).getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
