import type { Permission } from "@/lib/policies/permissions";

/** What each page of the admin asks for, by its address below `/o/{slug}/admin`. The gate and the forbidden page read it. */
export const PAGE_PERMISSIONS = {
  "/users": "users:read",
  "/users/invitations": "invitations:read",
  "/users/requests": "requests:read",
  "/users/[member]": "users:read",
} as const satisfies Record<string, Permission>;

export type AdminPage = keyof typeof PAGE_PERMISSIONS;

/** The organization and the permission that an address of the admin asks for; null for every other address. */
export function readAdminPath(address: string): { slug: string; permission: Permission } | null {
  const [, slug, path] = address.match(/^\/o\/([^/?]+)\/admin(\/[^?]*)/) ?? [];
  const page = path && pageAt(path);
  return slug && page ? { slug, permission: PAGE_PERMISSIONS[page] } : null;
}

/** The page at a path; one with a place for an id is found by any id, unless another page has that very path. */
function pageAt(path: string): AdminPage | undefined {
  const pages = Object.keys(PAGE_PERMISSIONS) as AdminPage[];
  const fits = (page: string) => new RegExp(`^${page.replace(/\[\w+\]/g, "[^/]+")}$`).test(path);
  return pages.find((page) => page === path) ?? pages.find(fits);
}
