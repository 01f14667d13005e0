import type { Actor } from "@/lib/auth/actor";
import { currentAccount, currentActor } from "@/lib/auth/current";
import { textStream } from "@/lib/http/text-stream";
import { missingPermission } from "@/lib/permissions/messages";
import type { Permission } from "@/lib/permissions/permissions";
import type { Result } from "@/lib/result/result";

type Download<Reason extends string> = {
  organization: string;
  permission: Permission;
  /** What the file is called, after the organization. */
  name: string;
  words: Record<Reason, string>;
  make: (actor: Actor) => Promise<Result<AsyncGenerator<string, void>, Reason>>;
};

/** A list as a file, for whoever holds the permission; everybody else is told what is missing (REQ-A5, REQ-C9, REQ-G4). */
export async function csvDownload<Reason extends string>(download: Download<Reason>): Promise<Response> {
  const actor = await currentActor(download.organization);
  if (!actor)
    return (await currentAccount())
      ? new Response("Not found", { status: 404 })
      : new Response("Your session has ended. Log in again, then repeat this.", { status: 401 });
  if (!actor.permissions.has(download.permission))
    return new Response(missingPermission(download.permission, actor.organization.name), { status: 403 });
  const made = await download.make(actor);
  if (!made.ok) return new Response(download.words[made.reason], { status: 400 });
  return new Response(textStream(made.value), {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="${actor.organization.slug}-${download.name}.csv"`,
    },
  });
}

/** The query of an address, each name once. */
export function queryOf(request: Request): Record<string, string> {
  return Object.fromEntries(new URL(request.url).searchParams);
}
