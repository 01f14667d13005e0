import { ChangeAddress } from "@/components/accounts/change-address";
import { SendAgain } from "@/components/accounts/send-again";
import { Badge } from "@/components/ui/badge";
import type { AddressChange } from "@/lib/accounts/queries";

type Props = {
  account: { id: string; email: string; confirmed: boolean; hasPassword: boolean };
  change: AddressChange;
  /** An email provider is set. */
  isMailed: boolean;
};

/** The address one signs in with, and whether its mailbox was ever proven (REQ-D9). */
export function OwnAddress({ account, change, isMailed }: Props) {
  const { email, confirmed } = account;
  return (
    <>
      <p className="own-address">
        <strong>{email}</strong>{" "}
        {confirmed ? <Badge tone="ok">Confirmed</Badge> : <Badge tone="warn">Address not confirmed</Badge>}
      </p>
      {confirmed ? (
        <ChangeAddress account={account} change={change} isMailed={isMailed} />
      ) : (
        <>
          <p className="panel-lead">
            A letter asks you to confirm this address. Press its button, and you have your full rights.
          </p>
          <SendAgain account={account} isMailed={isMailed} />
        </>
      )}
    </>
  );
}
