import Link from "next/link";
import { buttonClass } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { Notice } from "@/components/ui/notice";

type Props = {
  /** The settings page; undefined for whoever may not change settings. */
  settings: string | undefined;
  /** Is there a list below it? */
  isAbove: boolean;
};

const TITLE = "Requests are off";

/** Nobody can ask on the login page; whoever holds an expired invitation still can (REQ-D6, REQ-E1). */
export function RequestsOff({ settings, isAbove }: Props) {
  const words = settings
    ? "Nobody can ask for an invitation on the login page. Switch New user invitations on in the settings."
    : "Nobody can ask for an invitation on the login page. An Owner or Admin can switch it on in the settings.";
  const action = settings ? (
    <Link className={buttonClass()} href={settings}>
      Open settings
    </Link>
  ) : undefined;
  return isAbove ? (
    <Notice title={TITLE} action={action}>
      {words}
    </Notice>
  ) : (
    <Empty title={TITLE} action={action}>
      {words}
    </Empty>
  );
}
