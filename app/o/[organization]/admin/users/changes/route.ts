import { pollForChanges } from "@/lib/admin/queries/poll";
import { currentAccount, currentActor, currentOperator } from "@/lib/auth/current";
import { findProviderError } from "@/lib/mail/queries";

/** Polling needs at least one of these. */
const READ_PERMISSIONS = ["users:read", "invitations:read", "requests:read"] as const;

/**
 * Polled by open lists every few seconds (decision 0032): returns whether anything changed, and the error if
 * the email provider rejects all emails, but no rows. 401: not signed in; 404: not a member; 403: no
 * permission to read any list.
 */
export async function GET(
  request: Request,
  { params }: RouteContext<"/o/[organization]/admin/users/changes">,
): Promise<Response> {
  const { organization } = await params;
  const [account, actor] = await Promise.all([currentAccount(), currentActor(organization)]);
  if (!account) return Response.json({ error: "signed-out" }, { status: 401 });
  if (!actor) return Response.json({ error: "not-found" }, { status: 404 });
  if (!READ_PERMISSIONS.some((permission) => actor.permissions.has(permission)))
    return Response.json({ error: "not-allowed" }, { status: 403 });
  const [changes, refusal] = await Promise.all([
    pollForChanges(actor, new URL(request.url).searchParams.get("since")),
    findProviderError(actor, await currentOperator()),
  ]);
  return Response.json({ ...changes, refusal });
}
