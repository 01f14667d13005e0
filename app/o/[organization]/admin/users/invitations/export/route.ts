import { exportInvitations } from "@/lib/invitations/export";
import { invitationList } from "@/lib/invitations/list";
import { INVITATION_LIST_MESSAGES } from "@/lib/invitations/messages";
import { respondWithCsv, searchParamsOf } from "../../../csv-download";

/** Exports invitations as CSV, with search, filters and order of the list (REQ-C9). */
export async function GET(
  request: Request,
  { params }: RouteContext<"/o/[organization]/admin/users/invitations/export">,
): Promise<Response> {
  return respondWithCsv({
    organization: (await params).organization,
    permission: "invitations:read",
    fileName: "invitations",
    messages: INVITATION_LIST_MESSAGES,
    createCsv: (actor) => exportInvitations(actor, invitationList.read(searchParamsOf(request))),
  });
}
