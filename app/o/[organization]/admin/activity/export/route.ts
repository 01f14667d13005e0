import { exportActivity } from "@/lib/activity/export";
import { readActivity } from "@/lib/activity/list";
import { ACTIVITY_WORDS } from "@/lib/activity/messages";
import { currentAccount, currentActor } from "@/lib/auth/current";
import { missingPermission } from "@/lib/policies/messages";

/** The log as CSV, with the filters of its page (R G4). */
export async function GET(
  request: Request,
  { params }: RouteContext<"/o/[organization]/admin/activity/export">,
): Promise<Response> {
  const { organization } = await params;
  const actor = await currentActor(organization);
  if (!actor)
    return (await currentAccount())
      ? new Response("Not found", { status: 404 })
      : new Response("Your session has ended. Log in again, then repeat this.", { status: 401 });
  if (!actor.permissions.has("audit:read"))
    return new Response(missingPermission("audit:read", actor.organization.name), { status: 403 });
  const asked = Object.fromEntries(new URL(request.url).searchParams);
  const exported = await exportActivity(actor, readActivity(asked));
  if (!exported.ok) return new Response(ACTIVITY_WORDS[exported.reason], { status: 400 });
  return new Response(streamOf(exported.value), {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="${actor.organization.slug}-activity.csv"`,
    },
  });
}

/** Read as fast as it is taken, and not on when nobody takes it any more. */
function streamOf(pieces: AsyncGenerator<string, void>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const { value, done } = await pieces.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    async cancel() {
      await pieces.return();
    },
  });
}
