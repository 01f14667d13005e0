import { encode } from "next-auth/jwt";
import { expect, test } from "vitest";
import { decodeSessionId } from "@/lib/auth/session-cookie";

const encryption = { secret: "a secret for tests alone", salt: "foyer-session" };
const cookieOf = (sessionId: string) => encode({ token: { sessionId }, ...encryption });

test("each cookie returns its own session id every time", async () => {
  const [lea, omar] = [await cookieOf("lea"), await cookieOf("omar")];
  for (let attempt = 0; attempt < 2; attempt++) {
    expect(await decodeSessionId(lea, encryption)).toBe("lea");
    expect(await decodeSessionId(omar, encryption)).toBe("omar");
  }
});

test("a decrypted cookie is cached", async () => {
  const cookie = await cookieOf("lea");
  const measure = async () => {
    const start = performance.now();
    await decodeSessionId(cookie, encryption);
    return performance.now() - start;
  };
  const first = await measure();
  const later = await Promise.all(Array.from({ length: 50 }, measure));
  expect(Math.min(...later)).toBeLessThan(first / 4);
});

test("a cookie that is altered or expired, or has a different secret or name, returns null every time", async () => {
  const own = await cookieOf("lea");
  await decodeSessionId(own, encryption);
  const foreign = await encode({ token: { sessionId: "lea" }, ...encryption, secret: "another secret" });
  const renamed = await encode({ token: { sessionId: "lea" }, ...encryption, salt: "other" });
  const expired = await encode({ token: { sessionId: "lea" }, ...encryption, maxAge: -60 });
  for (const bad of [foreign, renamed, expired, `${own.slice(0, -2)}xx`, `${own}x`, "", "a.b.c.d.e"])
    for (let attempt = 0; attempt < 2; attempt++) expect(await decodeSessionId(bad, encryption)).toBeNull();
});

test("more cookies than the cache holds still return the right session ids", async () => {
  const sessionIds = Array.from({ length: 1_100 }, (_, index) => `session ${index}`);
  const cookies = await Promise.all(sessionIds.map(cookieOf));
  for (let attempt = 0; attempt < 2; attempt++)
    expect(await Promise.all(cookies.map((cookie) => decodeSessionId(cookie, encryption)))).toEqual(
      sessionIds,
    );
}, 30_000);
