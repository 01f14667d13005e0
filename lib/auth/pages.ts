import type { Permission } from "@/lib/permissions/permissions";

/** What each page of the admin asks for, by its address below `/o/{slug}/admin`. The gate and the forbidden page read it. */
export const PAGE_PERMISSIONS = {
  "/users": "users:read",
  "/users/invitations": "invitations:read",
  "/users/requests": "requests:read",
  "/users/[member]": "users:read",
  "/policies": "policies:manage",
  "/activity": "audit:read",
  "/settings": "settings:update",
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

/** What the admin's navigation leads to. Users is the first of its tabs that somebody may see. */
const NAVIGATION: readonly { label: string; pages: readonly AdminPage[] }[] = [
  { label: "Users", pages: ["/users", "/users/invitations", "/users/requests"] },
  { label: "Access policies", pages: ["/policies"] },
  { label: "Activity", pages: ["/activity"] },
  { label: "Settings", pages: ["/settings"] },
];

/** The pages of the admin that somebody with these permissions can open, as links: whoever lacks a right sees no link (REQ-A1). */
export function navigationOf(
  slug: string,
  permissions: ReadonlySet<string>,
): { label: string; href: string }[] {
  return NAVIGATION.flatMap(({ label, pages }) => {
    const open = pages.find((page) => permissions.has(PAGE_PERMISSIONS[page]));
    return open ? [{ label, href: `/o/${slug}/admin${open}` }] : [];
  });
}

/** The tabs below Users that somebody with these permissions can open, as links for the list of commands. */
export function tabsOf(slug: string, permissions: ReadonlySet<string>): { label: string; href: string }[] {
  const tabs = [
    { label: "Invitations", page: "/users/invitations" },
    { label: "Invitation requests", page: "/users/requests" },
  ] as const;
  return tabs
    .filter(({ page }) => permissions.has(PAGE_PERMISSIONS[page]))
    .map(({ label, page }) => ({ label, href: `/o/${slug}/admin${page}` }));
}
