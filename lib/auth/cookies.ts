/** Name and options of a cookie, in the form that next-auth and Next accept. */
export type CookieSettings = {
  name: string;
  options: { httpOnly: true; sameSite: "lax"; path: "/"; secure: boolean };
};

/**
 * Returns the settings of every cookie of Foyer (S-SESS-1). `__Host-` binds it to this host and path on https. SameSite is
 * Lax because links in emails and redirects from login providers are navigations from another site.
 */
export function cookieSettings(name: string, https: boolean): CookieSettings {
  return {
    name: `${https ? "__Host-" : ""}foyer-${name}`,
    options: { httpOnly: true, sameSite: "lax", path: "/", secure: https },
  };
}
