import { currentAccount, currentActor } from "@/lib/auth/current";

/**
 * Returns the signed-in account, member, role and effective permissions, including custom ones, for the
 * organization's own product (REQ-A2). 401: not signed in; 404: not a member, or no such organization.
 */
export async function GET(
  _request: Request,
  { params }: RouteContext<"/o/[organization]/api/me">,
): Promise<Response> {
  const { organization } = await params;
  const [account, actor] = await Promise.all([currentAccount(), currentActor(organization)]);
  if (!account) return Response.json({ error: "signed-out" }, { status: 401 });
  if (!actor) return Response.json({ error: "not-found" }, { status: 404 });
  const { id, slug, name } = actor.organization;
  return Response.json({
    account: { id: account.accountId, email: account.email, name: account.name },
    organization: { id, slug, name },
    member: { id: actor.memberId, name: actor.name },
    role: actor.role,
    permissions: [...actor.permissions].sort(),
  });
}
