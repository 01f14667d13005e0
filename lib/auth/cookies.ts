/** A cookie of ours as next-auth and Next take it. */
export type OwnCookie = {
  name: string;
  options: { httpOnly: true; sameSite: "lax"; path: "/"; secure: boolean };
};

/**
 * Every cookie of the house (security, Headers and sessions): no script reads it, no other site's post carries it, and on
 * https its prefix binds it to this host and path. Lax: a link in a letter, and a provider's answer, come from another site
 * as a page that is opened.
 */
export function ownCookie(name: string, https: boolean): OwnCookie {
  return {
    name: `${https ? "__Host-" : ""}foyer-${name}`,
    options: { httpOnly: true, sameSite: "lax", path: "/", secure: https },
  };
}
