import { handleResendWebhook } from "@/lib/mail/webhook";

const RESPONSES = {
  accepted: [200, "OK"],
  invalid: [401, "Invalid or expired signature."],
  disabled: [404, "Webhook disabled: RESEND_WEBHOOK_SECRET is not set."],
} as const;

/**
 * The webhook for delivery events from Resend (REQ-C10). It is authenticated by the signature over the body alone; cookies
 * are neither read nor set. Any response other than 2xx, for example while the database is unreachable, makes Resend retry.
 */
export async function POST(request: Request): Promise<Response> {
  const [status, text] = RESPONSES[await handleResendWebhook(await request.text(), request.headers)];
  return new Response(text, { status, headers: { "content-type": "text/plain; charset=utf-8" } });
}
