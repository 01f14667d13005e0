import type { AddressInfo } from "node:net";
import { createProvider } from "./provider";

// The stand-in as a process of its own, so that killing Foyer never takes the provider's memory along.
const server = createProvider();
server.listen(Number(process.env.PORT ?? 0), "127.0.0.1", () => {
  console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
