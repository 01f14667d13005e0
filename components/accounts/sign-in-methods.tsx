"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import actionRowStyles from "@/components/ui/action-row.module.css";
import { FormError } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { Timestamp } from "@/components/ui/timestamp";
import { removeSignInMethodAction } from "@/lib/accounts/actions";

export type SignInMethodRow = { issuer: string; subject: string; name: string; createdAt: Date };

type Props = { account: string; signInMethods: readonly SignInMethodRow[]; now: Date };

/** The user's linked login providers. */
export function SignInMethods({ account, signInMethods, now }: Props) {
  return (
    <ul>
      {signInMethods.map((method) => (
        <SignInMethodItem
          key={`${method.issuer} ${method.subject}`}
          account={account}
          method={method}
          now={now}
        />
      ))}
    </ul>
  );
}

function SignInMethodItem({ account, method, now }: { account: string; method: SignInMethodRow; now: Date }) {
  const t = useTranslations();
  const [state, action] = useActionState(removeSignInMethodAction, null);
  const { issuer, subject, name, createdAt } = method;
  const isRemoved = state?.ok === true;
  return (
    <li className={actionRowStyles.row}>
      <div>
        <h3>{name}</h3>
        <p>{t.rich("accounts.providers.linked", { time: () => <Timestamp at={createdAt} now={now} /> })}</p>
        <FormError>{state?.ok === false ? state.message : null}</FormError>
      </div>
      <form action={action}>
        <input type="hidden" name="account" value={account} />
        <input type="hidden" name="issuer" value={issuer} />
        <input type="hidden" name="subject" value={subject} />
        <SubmitButton
          variant="plain"
          aria-label={t(
            isRemoved ? "accounts.providers.providerRemoved" : "accounts.providers.removeProvider",
            {
              provider: name,
            },
          )}
          disabledReason={isRemoved ? t("accounts.providers.notLinked") : undefined}
        >
          {t(isRemoved ? "accounts.providers.removed" : "accounts.providers.remove")}
        </SubmitButton>
      </form>
    </li>
  );
}
