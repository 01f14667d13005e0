import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import { closeDatabase, db } from "@/lib/db/client";
import { prepareQueue, stopSending } from "@/lib/jobs/queue";
import { ownDatabase } from "@/scripts/own-database";
import { createProvider } from "./provider";

type Sent = {
  to: string;
  from: string;
  subject: string;
  html: string;
  text: string;
  tags: { value: string }[];
};
type Call = { key: string; hash: string; ids: string[]; status: number };

/**
 * For tests: a file's letters go to a stand-in of the provider of its own, from a database of its own, so that whatever
 * is counted there is this file's. `control` orders what goes wrong; after each test all is well again.
 */
export function atStandIn() {
  let own: Awaited<ReturnType<typeof ownDatabase>>;
  let provider: Server;
  let url: string;

  beforeAll(async () => {
    own = await ownDatabase();
    provider = createProvider();
    await new Promise<void>((resolve) => provider.listen(0, "127.0.0.1", resolve));
    url = `http://127.0.0.1:${(provider.address() as AddressInfo).port}`;
    process.env.RESEND_API_KEY = "re_test";
    process.env.RESEND_BASE_URL = url;
    process.env.FOYER_FROM = "Northwind <invitations@northwind.org>";
    await prepareQueue();
  });

  afterEach(async () => {
    await control("reset", {});
    await db().sendThrottle.deleteMany();
  });

  afterAll(async () => {
    await stopSending();
    await closeDatabase();
    await own.drop();
    provider.closeAllConnections();
    provider.close();
  });

  async function control(what: string, order: object): Promise<void> {
    const response = await fetch(`${url}/control/${what}`, { method: "POST", body: JSON.stringify(order) });
    expect(response.status).toBe(200);
  }

  const read = async <T>(what: string) => (await (await fetch(`${url}/control/${what}`)).json()) as T;
  return { control, letters: () => read<Sent[]>("letters"), calls: () => read<Call[]>("calls") };
}
