import { exportUsers } from "@/lib/members/export";
import { userList } from "@/lib/members/list";
import { USER_LIST_MESSAGES } from "@/lib/members/messages";
import { csvDownload, queryOf } from "../../csv-download";

/** Users as CSV, with search, filters and order of the list (REQ-C9). */
export async function GET(
  request: Request,
  { params }: RouteContext<"/o/[organization]/admin/users/export">,
): Promise<Response> {
  return csvDownload({
    organization: (await params).organization,
    permission: "users:read",
    name: "users",
    words: USER_LIST_MESSAGES,
    make: (actor) => exportUsers(actor, userList.read(queryOf(request))),
  });
}
