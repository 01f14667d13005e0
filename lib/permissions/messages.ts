import type { Translation } from "@/lib/i18n/messages";
import type { Permission } from "@/lib/permissions/permissions";

/** Returns the message that names what the reader cannot do, and who can help (REQ-A5). */
export function missingPermissionMessage({ t }: Translation, permission: Permission): string {
  return t("admin.permissions.missing", { action: t(`admin.permissions.action.${permission}`) });
}
