import type { AddressInfo } from "node:net";
import { createResendStandIn } from "./provider";

// Runs the stand-in in a separate process, so that it keeps its state when a test kills Foyer. Prints a line per call.
const server = createResendStandIn(({ at, key, hash, messageIds, status }) =>
  console.log(JSON.stringify({ at, key, hash, messageIds, status })),
);
server.listen(Number(process.env.PORT ?? 0), "127.0.0.1", () => {
  console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
