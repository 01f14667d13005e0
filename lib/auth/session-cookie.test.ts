import { encode } from "next-auth/jwt";
import { expect, test } from "vitest";
import { sessionIn } from "@/lib/auth/session-cookie";

const sealedBy = { secret: "a secret for tests alone", salt: "foyer-session" };
const cookieOf = (sessionId: string) => encode({ token: { sessionId }, ...sealedBy });

test("a cookie says its session each time, and two cookies say two", async () => {
  const [lea, omar] = [await cookieOf("lea"), await cookieOf("omar")];
  for (let round = 0; round < 2; round++) {
    expect(await sessionIn(lea, sealedBy)).toBe("lea");
    expect(await sessionIn(omar, sealedBy)).toBe("omar");
  }
});

test("a cookie that was opened is not decrypted again", async () => {
  const cookie = await cookieOf("lea");
  const timed = async () => {
    const began = performance.now();
    await sessionIn(cookie, sealedBy);
    return performance.now() - began;
  };
  const first = await timed();
  const later = await Promise.all(Array.from({ length: 50 }, timed));
  expect(Math.min(...later)).toBeLessThan(first / 4);
});

test("a cookie of another secret, of another name, changed or expired says nobody, also a second time", async () => {
  const own = await cookieOf("lea");
  await sessionIn(own, sealedBy);
  const foreign = await encode({ token: { sessionId: "lea" }, ...sealedBy, secret: "another secret" });
  const renamed = await encode({ token: { sessionId: "lea" }, ...sealedBy, salt: "other" });
  const expired = await encode({ token: { sessionId: "lea" }, ...sealedBy, maxAge: -60 });
  for (const bad of [foreign, renamed, expired, `${own.slice(0, -2)}xx`, `${own}x`, "", "a.b.c.d.e"])
    for (let round = 0; round < 2; round++) expect(await sessionIn(bad, sealedBy)).toBeNull();
});

test("more people than are remembered are told apart all the same", async () => {
  const people = Array.from({ length: 1_100 }, (_, at) => `session ${at}`);
  const cookies = await Promise.all(people.map(cookieOf));
  for (let round = 0; round < 2; round++)
    expect(await Promise.all(cookies.map((cookie) => sessionIn(cookie, sealedBy)))).toEqual(people);
});
