import { currentOperator } from "@/lib/auth/current";
import { currentTranslation } from "@/lib/i18n/current-translation";
import { findMailboxEmail } from "@/lib/mail/queries";

/** The HTML of an email, for the frame on its page. The request guard gives it its own CSP with a sandbox (S-HDR-2). */
export async function GET(_request: Request, { params }: RouteContext<"/mailbox/[message]/html">) {
  const operator = await currentOperator();
  const email = operator && (await findMailboxEmail(operator, (await params).message));
  if (!email?.content) {
    const { t } = await currentTranslation();
    return new Response(t("errors.actions.not-found"), { status: 404 });
  }
  return new Response(email.content.html, { headers: { "content-type": "text/html; charset=utf-8" } });
}
