import { db } from "@/lib/db/client";

/** Health check for monitoring: 200 if the database responds, otherwise 503. */
export async function GET(): Promise<Response> {
  try {
    await db().$queryRaw`SELECT 1`;
    return Response.json({ ok: true });
  } catch {
    return Response.json({ ok: false, reason: "Database not reachable." }, { status: 503 });
  }
}
