import { db } from "@/lib/db/client";

/** For whoever watches the installation: 200 while the database answers. */
export async function GET(): Promise<Response> {
  try {
    await db().$queryRaw`SELECT 1`;
    return Response.json({ ok: true });
  } catch {
    return Response.json({ ok: false, reason: "The database does not answer." }, { status: 503 });
  }
}
