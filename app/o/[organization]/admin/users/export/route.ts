import { exportUsers } from "@/lib/members/export";
import { userList } from "@/lib/members/list";
import { USER_LIST_MESSAGES } from "@/lib/members/messages";
import { respondWithCsv, searchParamsOf } from "../../csv-download";

/** Exports users as CSV, with search, filters and order of the list (REQ-C9). */
export async function GET(
  request: Request,
  { params }: RouteContext<"/o/[organization]/admin/users/export">,
): Promise<Response> {
  return respondWithCsv({
    organization: (await params).organization,
    permission: "users:read",
    fileName: "users",
    messages: USER_LIST_MESSAGES,
    createCsv: (actor) => exportUsers(actor, userList.read(searchParamsOf(request))),
  });
}
