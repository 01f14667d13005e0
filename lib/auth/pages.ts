import type { Permission } from "@/lib/policies/permissions";

/** What each page of the admin asks for, by its address below `/o/{slug}/admin`. The gate and the forbidden page read it. */
export const PAGE_PERMISSIONS = {
  "/users": "users:read",
  "/users/invitations": "invitations:read",
  "/users/requests": "requests:read",
  "/policies": "policies:manage",
  "/activity": "audit:read",
  "/settings": "settings:update",
} as const satisfies Record<string, Permission>;

export type AdminPage = keyof typeof PAGE_PERMISSIONS;

/** The organization and the permission that an address of the admin asks for; null for every other address. */
export function readAdminPath(address: string): { slug: string; permission: Permission } | null {
  const [, slug, page] = address.match(/^\/o\/([^/?]+)\/admin(\/[^?]*)/) ?? [];
  if (!slug || !page || !(page in PAGE_PERMISSIONS)) return null;
  return { slug, permission: PAGE_PERMISSIONS[page as AdminPage] };
}

/** What the admin's navigation leads to. Users is the first of its tabs that somebody may see. */
const NAVIGATION: readonly { label: string; pages: readonly AdminPage[] }[] = [
  { label: "Users", pages: ["/users", "/users/invitations", "/users/requests"] },
  { label: "Access policies", pages: ["/policies"] },
  { label: "Activity", pages: ["/activity"] },
  { label: "Settings", pages: ["/settings"] },
];

/** The pages of the admin that somebody with these permissions can open, as links: whoever lacks a right sees no link (R A1). */
export function navigationOf(
  slug: string,
  permissions: ReadonlySet<string>,
): { label: string; href: string }[] {
  return NAVIGATION.flatMap(({ label, pages }) => {
    const open = pages.find((page) => permissions.has(PAGE_PERMISSIONS[page]));
    return open ? [{ label, href: `/o/${slug}/admin${open}` }] : [];
  });
}
