import { exportActivity } from "@/lib/activity/export";
import { readActivity } from "@/lib/activity/list";
import { ACTIVITY_MESSAGES } from "@/lib/activity/messages";
import { csvDownload, queryOf } from "../../csv-download";

/** The log as CSV, with the filters of its page (REQ-G4). */
export async function GET(
  request: Request,
  { params }: RouteContext<"/o/[organization]/admin/activity/export">,
): Promise<Response> {
  return csvDownload({
    organization: (await params).organization,
    permission: "audit:read",
    name: "activity",
    words: ACTIVITY_MESSAGES,
    make: (actor) => exportActivity(actor, readActivity(queryOf(request))),
  });
}
