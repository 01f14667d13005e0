import { exportInvitations } from "@/lib/invitations/export";
import { invitationList } from "@/lib/invitations/list";
import { LIST_MESSAGES } from "@/lib/invitations/messages";
import { csvDownload, queryOf } from "../../../csv-download";

/** Invitations as CSV, with search, filters and order of the list (REQ-C9). */
export async function GET(
  request: Request,
  { params }: RouteContext<"/o/[organization]/admin/users/invitations/export">,
): Promise<Response> {
  return csvDownload({
    organization: (await params).organization,
    permission: "invitations:read",
    name: "invitations",
    words: LIST_MESSAGES,
    make: (actor) => exportInvitations(actor, invitationList.read(queryOf(request))),
  });
}
