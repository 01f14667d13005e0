import { SendAgain } from "@/components/accounts/send-again";
import { Badge } from "@/components/ui/badge";

type Props = {
  account: { id: string; email: string; confirmed: boolean };
  /** An email provider is set. */
  isMailed: boolean;
};

/** The address one signs in with, and whether its mailbox was ever proven (R D9). */
export function OwnAddress({ account, isMailed }: Props) {
  const { email, confirmed } = account;
  return (
    <>
      <p className="own-address">
        <strong>{email}</strong>{" "}
        {confirmed ? <Badge tone="ok">Confirmed</Badge> : <Badge tone="warn">Address not confirmed</Badge>}
      </p>
      {confirmed ? null : (
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
