import { connect, createServer, type Socket } from "node:net";

/** A TCP proxy in front of a database. Tests disconnect it to simulate an outage. */
export type DatabaseProxy = {
  url: string;
  disconnect(): void;
  reconnect(): void;
  close(): Promise<void>;
};

/** Starts a proxy to the database at `url` and returns it with its own URL. */
export async function startDatabaseProxy(url: string): Promise<DatabaseProxy> {
  const { hostname, port } = new URL(url);
  const open = new Set<Socket>();
  let isDisconnected = false;
  const server = createServer((client) => {
    if (isDisconnected) return void client.destroy();
    const upstream = connect(Number(port), hostname);
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      open.add(from);
      from.pipe(to);
      from.on("error", () => {});
      from.on("close", () => {
        open.delete(from);
        to.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The proxy has no port.");
  const proxyUrl = new URL(url);
  proxyUrl.host = `127.0.0.1:${address.port}`;
  const disconnect = () => {
    isDisconnected = true;
    for (const socket of open) socket.destroy();
  };
  return {
    url: proxyUrl.href,
    disconnect,
    reconnect: () => {
      isDisconnected = false;
    },
    close: async () => {
      disconnect();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
