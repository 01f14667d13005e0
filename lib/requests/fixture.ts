import { randomInt } from "node:crypto";
import { keyOf } from "@/lib/crypto/key-ring";
import { db } from "@/lib/db/client";
import { requestSecret } from "@/lib/links/request-link";
import { someone } from "@/lib/organizations/fixture";
import { ask } from "@/lib/requests/commands/ask";
import { attend } from "@/lib/requests/commands/attend";
import { confirm } from "@/lib/requests/commands/confirm";

const NET = `100.${randomInt(64, 128)}`;
let clients = 0;

/** For tests: a client on the internet that nobody else is, in other files neither. */
export function newIp(): string {
  clients += 1;
  return `${NET}.${(clients >> 8) & 255}.${clients & 255}`;
}

/** For tests: lets visitors of an organization's login page ask. */
export async function switchOn(org: { id: string }, isOn = true): Promise<void> {
  await db().organization.update({ where: { id: org.id }, data: { newUserInvitations: isOn } });
}

type TestOrganization = { id: string; slug: string };

/** For tests: somebody asks on the login page, and the queue has looked at it; answers the request's id. */
export async function asked(org: TestOrganization, email = someone("rosa")): Promise<string> {
  const outcome = await ask(newIp(), {
    organization: org.slug,
    email,
    name: "Rosa Lind",
    message: "Please",
  });
  if (!outcome.ok) throw new Error(`not asked: ${outcome.reason}`);
  const { id } = await db().invitationRequest.findFirstOrThrow({
    where: { organizationId: org.id, email },
    orderBy: { createdAt: "desc" },
  });
  await attend({ request: id });
  return id;
}

/** For tests: the secret that the letter of a request carries. */
export async function secretOf(request: string): Promise<string> {
  const { keyId } = await db().invitationRequest.findUniqueOrThrow({ where: { id: request } });
  return requestSecret(keyOf(keyId), request);
}

/** For tests: somebody has asked and confirmed; answers the request's id. */
export async function confirmed(org: TestOrganization, email = someone("rosa")): Promise<string> {
  const id = await asked(org, email);
  const outcome = await confirm(newIp(), await secretOf(id));
  if (!outcome.ok) throw new Error(`not confirmed: ${outcome.reason}`);
  return id;
}
