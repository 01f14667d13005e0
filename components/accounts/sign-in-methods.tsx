"use client";

import { useActionState } from "react";
import { FormError } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { Time } from "@/components/ui/time";
import { removeSignInMethod } from "@/lib/accounts/actions";

export type MethodRow = { issuer: string; subject: string; name: string; createdAt: Date };

type Props = { account: string; methods: readonly MethodRow[]; now: Date };

/** The providers somebody signs in through. */
export function SignInMethods({ account, methods, now }: Props) {
  return (
    <ul>
      {methods.map((method) => (
        <Method key={`${method.issuer} ${method.subject}`} account={account} method={method} now={now} />
      ))}
    </ul>
  );
}

function Method({ account, method, now }: { account: string; method: MethodRow; now: Date }) {
  const [state, action] = useActionState(removeSignInMethod, null);
  const { issuer, subject, name, createdAt } = method;
  const isGone = state?.ok === true;
  return (
    <li className="ending">
      <div>
        <h3>{name}</h3>
        <p>
          Since <Time at={createdAt} now={now} />
        </p>
        <FormError>{state?.ok === false ? state.message : null}</FormError>
      </div>
      <form action={action}>
        <input type="hidden" name="account" value={account} />
        <input type="hidden" name="issuer" value={issuer} />
        <input type="hidden" name="subject" value={subject} />
        <SubmitButton
          variant="plain"
          aria-label={isGone ? `Removed: ${name}` : `Remove: ${name}`}
          disabledReason={isGone ? "It opens this account no more." : undefined}
        >
          {isGone ? "Removed" : "Remove"}
        </SubmitButton>
      </form>
    </li>
  );
}
