import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import { db } from "@/lib/db/client";
import { createIsolatedDatabase } from "@/test/isolated-database";
import { createResendStandIn } from "./provider";

type SentEmail = {
  to: string;
  from: string;
  subject: string;
  html: string;
  text: string;
  headers?: Record<string, string>;
  tags: { value: string }[];
};
type RecordedCall = { key: string; hash: string; ids: string[]; status: number };

/**
 * Registers hooks that give the test file its own stand-in of the provider and its own database, so that counts contain
 * only emails of this file. `control` commands faults, which are cleared after each test.
 */
export function setUpStandIn() {
  let server: Server;
  let url: string;

  beforeAll(async () => {
    await createIsolatedDatabase();
    server = createResendStandIn();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    process.env.RESEND_API_KEY = "re_test";
    process.env.RESEND_BASE_URL = url;
    process.env.FOYER_FROM = "Northwind <invitations@northwind.org>";
  });

  afterEach(async () => {
    await control("reset", {});
    await db().sendThrottle.deleteMany();
  });

  afterAll(async () => {
    server.closeAllConnections();
    server.close();
  });

  async function control(path: string, body: object): Promise<void> {
    const response = await fetch(`${url}/control/${path}`, { method: "POST", body: JSON.stringify(body) });
    expect(response.status).toBe(200);
  }

  const read = async <T>(path: string) => (await (await fetch(`${url}/control/${path}`)).json()) as T;
  return {
    control,
    sentEmails: () => read<SentEmail[]>("emails"),
    calls: () => read<RecordedCall[]>("calls"),
  };
}
