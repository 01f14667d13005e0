import { expect, test } from "vitest";
import { textStream } from "./text-stream";

function counted(count: number) {
  const made: number[] = [];
  let ended = false;
  async function* pieces(): AsyncGenerator<string, void> {
    try {
      for (let at = 0; at < count; at++) {
        made.push(at);
        yield `piece ${at}\n`;
      }
    } finally {
      ended = true;
    }
  }
  return { pieces: pieces(), made, ended: () => ended };
}

test("every piece arrives, in order", async () => {
  const { pieces } = counted(3);
  expect(await new Response(textStream(pieces)).text()).toBe("piece 0\npiece 1\npiece 2\n");
});

test("C9 a piece is made when it is taken, and none once the client went away", async () => {
  const { pieces, made, ended } = counted(100);
  const reader = textStream(pieces).getReader();
  expect(made).toEqual([]);
  await reader.read();
  await reader.read();
  expect(made).toEqual([0, 1]);
  await reader.cancel();
  expect(ended()).toBe(true);
  expect(made).toEqual([0, 1]);
});
