import { requireKey } from "@/lib/crypto/key-ring";
import { db } from "@/lib/db/client";
import { deriveRequestSecret } from "@/lib/links/request-link";
import { confirmRequest } from "@/lib/requests/commands/confirm";
import { processRequest } from "@/lib/requests/commands/process";
import { submitRequest } from "@/lib/requests/commands/submit";
import { uniqueEmail, uniqueIp } from "@/test/factories";

/** For tests: turns requests on the organization's login page on or off. */
export async function setAcceptsRequests(org: { id: string }, accepts = true): Promise<void> {
  await db().organization.update({ where: { id: org.id }, data: { newUserInvitations: accepts } });
}

/** For tests: submits a request and runs its job. Returns the request's id. */
export async function submitTestRequest(
  org: { id: string; slug: string },
  email = uniqueEmail("rosa"),
): Promise<string> {
  const result = await submitRequest(uniqueIp(), {
    language: "en",
    organization: org.slug,
    email,
    name: "Rosa Lind",
    message: "Please",
  });
  if (!result.ok) throw new Error(`not submitted: ${result.reason}`);
  const { id } = await db().invitationRequest.findFirstOrThrow({
    where: { organizationId: org.id, email },
    orderBy: { createdAt: "desc" },
  });
  await processRequest({ request: id });
  return id;
}

/** For tests: returns the secret in the confirmation email of a request. */
export async function findRequestSecret(request: string): Promise<string> {
  const { keyId } = await db().invitationRequest.findUniqueOrThrow({ where: { id: request } });
  return deriveRequestSecret(requireKey(keyId), request);
}

/** For tests: submits and confirms a request. Returns its id. */
export async function submitAndConfirmRequest(
  org: { id: string; slug: string },
  email = uniqueEmail("rosa"),
): Promise<string> {
  const id = await submitTestRequest(org, email);
  const result = await confirmRequest(uniqueIp(), await findRequestSecret(id));
  if (!result.ok) throw new Error(`not confirmed: ${result.reason}`);
  return id;
}
