import { expect, test } from "vitest";
import { toTextStream } from "./text-stream";

function createChunks(count: number) {
  const generated: number[] = [];
  let isClosed = false;
  async function* generate(): AsyncGenerator<string, void> {
    try {
      for (let index = 0; index < count; index++) {
        generated.push(index);
        yield `chunk ${index}\n`;
      }
    } finally {
      isClosed = true;
    }
  }
  return { chunks: generate(), generated, isClosed: () => isClosed };
}

test("every chunk arrives, in order", async () => {
  const { chunks } = createChunks(3);
  expect(await new Response(toTextStream(chunks)).text()).toBe("chunk 0\nchunk 1\nchunk 2\n");
});

test("C9 a chunk is generated when it is read, and none after the client disconnects", async () => {
  const { chunks, generated, isClosed } = createChunks(100);
  const reader = toTextStream(chunks).getReader();
  expect(generated).toEqual([]);
  await reader.read();
  await reader.read();
  expect(generated).toEqual([0, 1]);
  await reader.cancel();
  expect(isClosed()).toBe(true);
  expect(generated).toEqual([0, 1]);
});
