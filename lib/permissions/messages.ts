import type { Permission } from "@/lib/permissions/permissions";

/** Returns the message that names the missing permission and who can grant it (REQ-A5). */
export function missingPermissionMessage(permission: Permission, organization: string): string {
  return `You need the permission ${permission} for this. An Owner or Admin of ${organization} can give it to you.`;
}
