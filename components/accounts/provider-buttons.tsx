"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import styles from "@/components/accounts/provider-buttons.module.css";
import layoutStyles from "@/components/ui/layout.module.css";
import { FormError } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { logInWithProviderAction } from "@/lib/sign-in/actions";

type Login = { organization?: string | undefined; callbackUrl?: string | undefined };

/** A button for each OpenID Connect provider. Works without JavaScript. */
export function ProviderButtons({
  providers,
  ...login
}: Login & { providers: { id: string; name: string }[] }) {
  if (providers.length === 0) return null;
  return (
    <div className={layoutStyles.stack}>
      {providers.map((provider) => (
        <ProviderForm key={provider.id} {...provider} {...login} />
      ))}
    </div>
  );
}

function ProviderForm({ id, name, organization, callbackUrl }: Login & { id: string; name: string }) {
  const t = useTranslations();
  const [state, action] = useActionState(logInWithProviderAction, null);
  return (
    <form action={action}>
      <FormError>{state?.ok === false ? state.message : null}</FormError>
      <input type="hidden" name="provider" value={id} />
      {organization ? <input type="hidden" name="organization" value={organization} /> : null}
      {callbackUrl ? <input type="hidden" name="callbackUrl" value={callbackUrl} /> : null}
      <SubmitButton variant="plain" className={styles.button}>
        {t("accounts.providers.continue", { provider: name })}
      </SubmitButton>
    </form>
  );
}
