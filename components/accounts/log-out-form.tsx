import { buttonClass } from "@/components/ui/button";
import { logOut } from "@/lib/accounts/actions";

type Props = { callbackUrl?: string; label?: string; className?: string };

/** Signs out, then goes to `callbackUrl` or the login page; a plain form, so it needs no JavaScript. */
export function LogOutForm({ callbackUrl, label = "Log out", className }: Props) {
  return (
    <form action={logOutByForm}>
      {callbackUrl ? <input type="hidden" name="callbackUrl" value={callbackUrl} /> : null}
      <button type="submit" className={className ?? buttonClass()}>
        {label}
      </button>
    </form>
  );
}

async function logOutByForm(form: FormData): Promise<void> {
  "use server";
  await logOut(null, form);
}
