/** Pieces of text as the body of an answer: made as fast as they are taken, and no more once nobody takes them. */
export function textStream(pieces: AsyncGenerator<string, void>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream(
    {
      async pull(controller) {
        const { value, done } = await pieces.next();
        if (done) controller.close();
        else controller.enqueue(encoder.encode(value));
      },
      async cancel() {
        await pieces.return();
      },
    },
    // Nothing is made ahead of who reads.
    { highWaterMark: 0 },
  );
}
