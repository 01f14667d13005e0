import type { Actor } from "@/lib/auth/actor";
import { currentAccount, currentActor } from "@/lib/auth/current";
import { toTextStream } from "@/lib/http/text-stream";
import { currentTranslation } from "@/lib/i18n/current-translation";
import { missingPermissionMessage } from "@/lib/permissions/messages";
import type { Permission } from "@/lib/permissions/permissions";
import { type Messages, type Result, translateRefusal } from "@/lib/result/result";

type Download<Reason extends string> = {
  organization: string;
  permission: Permission;
  /** The part of the file name after the organization's slug. */
  fileName: string;
  messages: Messages<Reason>;
  createCsv: (actor: Actor) => Promise<Result<AsyncGenerator<string, void>, Reason>>;
};

/**
 * Responds with a list as a CSV file, or with the reason in plain text if the actor lacks the permission
 * (403), is not a member (404), is not signed in (401), or the list is too slow (400) (REQ-A5, REQ-C9,
 * REQ-G4).
 */
export async function respondWithCsv<Reason extends string>(download: Download<Reason>): Promise<Response> {
  const translation = await currentTranslation();
  const { t } = translation;
  const actor = await currentActor(download.organization);
  if (!actor)
    return (await currentAccount())
      ? new Response(t("errors.actions.not-found"), { status: 404 })
      : new Response(t("admin.table.downloadSignedOut"), { status: 401 });
  if (!actor.permissions.has(download.permission))
    return new Response(missingPermissionMessage(translation, download.permission), { status: 403 });
  const csv = await download.createCsv(actor);
  if (!csv.ok) return new Response(translateRefusal(translation, download.messages, csv), { status: 400 });
  return new Response(toTextStream(csv.value), {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="${actor.organization.slug}-${download.fileName}.csv"`,
    },
  });
}

/** Returns the query of the request's URL, with the last value of a repeated parameter. */
export function searchParamsOf(request: Request): Record<string, string> {
  return Object.fromEntries(new URL(request.url).searchParams);
}
