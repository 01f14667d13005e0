import type { Permission } from "@/lib/policies/permissions";

/** What each page of the admin asks for, by its address below `/o/{slug}/admin`. The gate and the forbidden page read it. */
export const PAGE_PERMISSIONS = {
  "/users": "users:read",
  "/users/invitations": "invitations:read",
  "/users/requests": "requests:read",
} as const satisfies Record<string, Permission>;

export type AdminPage = keyof typeof PAGE_PERMISSIONS;

/** The organization and the permission that an address of the admin asks for; null for every other address. */
export function readAdminPath(address: string): { slug: string; permission: Permission } | null {
  const [, slug, page] = address.match(/^\/o\/([^/?]+)\/admin(\/[^?]*)/) ?? [];
  if (!slug || !page || !(page in PAGE_PERMISSIONS)) return null;
  return { slug, permission: PAGE_PERMISSIONS[page as AdminPage] };
}
