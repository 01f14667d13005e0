const KILOBYTE = 1024;
const MEGABYTE = 1024 * KILOBYTE;

/**
 * Returns the maximum size of a request body at a path, in bytes. Lists of up to 10 MB are uploaded in an
 * organization's admin, and the form adds a few bytes. Public forms have a few lines, and the provider's
 * delivery events a few hundred bytes.
 */
export function maxBodySize(path: string): number {
  if (/^\/o\/[^/]+\/admin\//.test(path)) return 12 * MEGABYTE;
  return path === "/api/resend" ? 64 * KILOBYTE : 256 * KILOBYTE;
}
