const KILOBYTE = 1024;
const MEGABYTE = 1024 * KILOBYTE;

/**
 * The largest body that is read at a path, in bytes. Lists are sent in an organization's admin: at most 10 MB of them
 * (security, Input), and the form adds a little. A form that anybody may send has a few lines, and what a provider tells of
 * a letter some hundred bytes: whoever sends more there is not read for longer than that.
 */
export function bodyLimit(path: string): number {
  if (/^\/o\/[^/]+\/admin\//.test(path)) return 12 * MEGABYTE;
  return path === "/api/resend" ? 64 * KILOBYTE : 256 * KILOBYTE;
}
