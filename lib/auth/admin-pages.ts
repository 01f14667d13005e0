import type { Permission } from "@/lib/permissions/permissions";

/** The permission that each admin page requires, by its path below `/o/{slug}/admin`. */
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

/** Returns the organization and the required permission of an admin URL path; null for every other path. */
export function parseAdminPath(url: string): { slug: string; permission: Permission } | null {
  const [, slug, path] = url.match(/^\/o\/([^/?]+)\/admin(\/[^?]*)/) ?? [];
  const page = path && matchPage(path);
  return slug && page ? { slug, permission: PAGE_PERMISSIONS[page] } : null;
}

/** Returns the page of a path. An exact path wins over one with a parameter. */
function matchPage(path: string): AdminPage | undefined {
  const pages = Object.keys(PAGE_PERMISSIONS) as AdminPage[];
  const matches = (page: string) => new RegExp(`^${page.replace(/\[\w+\]/g, "[^/]+")}$`).test(path);
  return pages.find((page) => page === path) ?? pages.find(matches);
}

/** A link to a page; its label is in the catalog, `shell.pages`. */
export type PageLink = { name: PageName; href: string };

type PageName = "users" | "invitations" | "requests" | "policies" | "activity" | "settings" | "mailbox";

/** The admin navigation. An item links to the first of its pages that the user can open. */
const NAVIGATION: readonly { name: PageName; pages: readonly AdminPage[] }[] = [
  { name: "users", pages: ["/users", "/users/invitations", "/users/requests"] },
  { name: "policies", pages: ["/policies"] },
  { name: "activity", pages: ["/activity"] },
  { name: "settings", pages: ["/settings"] },
];

/** Returns the navigation links of the admin pages that these permissions open (REQ-A1). */
export function navigationLinks(slug: string, permissions: ReadonlySet<string>): PageLink[] {
  return NAVIGATION.flatMap(({ name, pages }) => {
    const permitted = pages.find((page) => permissions.has(PAGE_PERMISSIONS[page]));
    return permitted ? [{ name, href: `/o/${slug}/admin${permitted}` }] : [];
  });
}

/** Returns links to the tabs below Users that these permissions open, for the command palette. */
export function userTabLinks(slug: string, permissions: ReadonlySet<string>): PageLink[] {
  const tabs = [
    { name: "invitations", page: "/users/invitations" },
    { name: "requests", page: "/users/requests" },
  ] as const;
  return tabs
    .filter(({ page }) => permissions.has(PAGE_PERMISSIONS[page]))
    .map(({ name, page }) => ({ name, href: `/o/${slug}/admin${page}` }));
}
