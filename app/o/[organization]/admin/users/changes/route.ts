import { findChanges } from "@/lib/admin/queries/changes";
import { currentAccount, currentActor, currentOperator } from "@/lib/auth/current";
import { findRefusal } from "@/lib/mail/queries";

/** One of the lists at least. */
const READ = ["users:read", "invitations:read", "requests:read"] as const;

/**
 * What open lists ask for every few seconds (decision 0032): whether anything changed, and whether the provider refuses
 * everything. Never the rows themselves. 401: nobody is signed in; 404: no place here; 403: nothing here may be read.
 */
export async function GET(
  request: Request,
  { params }: RouteContext<"/o/[organization]/admin/users/changes">,
): Promise<Response> {
  const { organization } = await params;
  const [account, actor] = await Promise.all([currentAccount(), currentActor(organization)]);
  if (!account) return Response.json({ error: "signed-out" }, { status: 401 });
  if (!actor) return Response.json({ error: "not-found" }, { status: 404 });
  if (!READ.some((permission) => actor.permissions.has(permission)))
    return Response.json({ error: "not-allowed" }, { status: 403 });
  const [changes, refusal] = await Promise.all([
    findChanges(actor, new URL(request.url).searchParams.get("since")),
    findRefusal(actor, await currentOperator()),
  ]);
  return Response.json({ ...changes, refusal });
}
