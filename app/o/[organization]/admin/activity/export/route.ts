import { getTimeZone } from "next-intl/server";
import { exportActivity } from "@/lib/activity/export";
import { readActivityState } from "@/lib/activity/list";
import { ACTIVITY_MESSAGES } from "@/lib/activity/messages";
import { respondWithCsv, searchParamsOf } from "../../csv-download";

/** Exports the log as CSV, with the filters of its page (REQ-G4). */
export async function GET(
  request: Request,
  { params }: RouteContext<"/o/[organization]/admin/activity/export">,
): Promise<Response> {
  return respondWithCsv({
    organization: (await params).organization,
    permission: "audit:read",
    fileName: "activity",
    messages: ACTIVITY_MESSAGES,
    createCsv: async (actor) =>
      exportActivity(actor, readActivityState(searchParamsOf(request), await getTimeZone())),
  });
}
