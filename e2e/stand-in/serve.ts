import type { AddressInfo } from "node:net";
import { createProvider } from "./provider";

// The stand-in as a process of its own, so that killing Foyer never takes the provider's memory along. A line for each call.
const server = createProvider(({ at, key, hash, letters, status }) =>
  console.log(JSON.stringify({ at, key, hash, letters, status })),
);
server.listen(Number(process.env.PORT ?? 0), "127.0.0.1", () => {
  console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
