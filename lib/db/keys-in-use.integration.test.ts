import { randomBytes } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import { env } from "@/lib/config/env";
import { assertKeysAvailable } from "@/lib/db/keys-in-use";
import { createTestOrganization } from "@/test/factories";

const url = process.env.TEST_DATABASE_URL ?? "";
const otherKey = (id: number) => ({ id, secret: randomBytes(32) });

beforeAll(async () => {
  await (await createTestOrganization()).invite();
});

test("H2 a ring with the keys of all open links is accepted, even with a newer key before them", async () => {
  await assertKeysAvailable(url, env().keys);
  await assertKeysAvailable(url, [otherKey(7), ...env().keys]);
});

test("H2 a ring without the key of an open link is refused, and the message has its id", async () => {
  await expect(assertKeysAvailable(url, [otherKey(7)])).rejects.toThrow(/missing from the key ring: 1\./);
});

test("H2 a different key with the same id is refused", async () => {
  await expect(assertKeysAvailable(url, [otherKey(1)])).rejects.toThrow(
    /key 1, which differs in the key ring/,
  );
});
