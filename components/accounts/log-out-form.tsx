import { useTranslations } from "next-intl";
import { buttonClass } from "@/components/ui/button";
import { logOutAction } from "@/lib/accounts/actions";

type Props = { callbackUrl?: string; label?: string; className?: string };

/** Logs out, then redirects to `callbackUrl` or the login page. A plain form, so it works without JavaScript. */
export function LogOutForm({ callbackUrl, label, className }: Props) {
  const t = useTranslations();
  return (
    <form action={logOutByForm}>
      {callbackUrl ? <input type="hidden" name="callbackUrl" value={callbackUrl} /> : null}
      <button type="submit" className={className ?? buttonClass()}>
        {label ?? t("accounts.logOut")}
      </button>
    </form>
  );
}

async function logOutByForm(form: FormData): Promise<void> {
  "use server";
  await logOutAction(null, form);
}
