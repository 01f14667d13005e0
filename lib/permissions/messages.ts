import type { Permission } from "@/lib/permissions/permissions";

/** Which right is missing, and who can give it (REQ-A5). */
export function missingPermission(permission: Permission, organization: string): string {
  return `You need the permission ${permission} for this. An Owner or Admin of ${organization} can give it to you.`;
}
