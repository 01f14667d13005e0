/**
 * Returns chunks of text as a response body. A chunk is generated when it is read, and none after the client
 * disconnects.
 */
export function toTextStream(chunks: AsyncGenerator<string, void>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream(
    {
      async pull(controller) {
        const { value, done } = await chunks.next();
        if (done) controller.close();
        else controller.enqueue(encoder.encode(value));
      },
      async cancel() {
        await chunks.return();
      },
    },
    // Do not generate chunks ahead of the reader.
    { highWaterMark: 0 },
  );
}
