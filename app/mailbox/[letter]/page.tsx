import Link from "next/link";
import { notFound } from "next/navigation";
import { LetterText } from "@/components/mail/letter-text";
import { NoProvider } from "@/components/mail/no-provider";
import { PublicPage } from "@/components/ticket/public-page";
import { Empty } from "@/components/ui/empty";
import { absoluteTime } from "@/components/ui/relative-time";
import { operatorHere } from "@/lib/auth/gate";
import { env } from "@/lib/config/env";
import { findLetter } from "@/lib/mail/queries";
import { deliveryWords } from "@/lib/mail/states";

export const metadata = { title: "Letter" };

/** One letter as its reader would see it, with its text part below (REQ-H1). */
export default async function LetterPage({ params }: PageProps<"/mailbox/[letter]">) {
  const operator = await operatorHere();
  const letter = await findLetter(operator, (await params).letter);
  if (!letter) notFound();
  const { id, to, subject, state, detail, createdAt, contents } = letter;
  return (
    <PublicPage wide>
      <p>
        <Link href="/mailbox" prefetch={false} className="underline">
          Mailbox
        </Link>
      </p>
      <h1>{subject ?? "A letter"}</h1>
      <NoProvider />
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1">
        <dt className="text-ink-2">To</dt>
        <dd className="wrap-anywhere">{to}</dd>
        {contents ? (
          <>
            <dt className="text-ink-2">From</dt>
            <dd className="wrap-anywhere">{contents.from}</dd>
          </>
        ) : null}
        <dt className="text-ink-2">Written</dt>
        <dd>{absoluteTime(createdAt)}</dd>
        <dt className="text-ink-2">Delivery</dt>
        <dd>{deliveryWords(state, detail)}</dd>
      </dl>
      {contents ? (
        <>
          <iframe
            title={`The letter: ${subject}`}
            src={`/mailbox/${id}/html`}
            sandbox=""
            className="h-[46rem] w-full rounded-[10px] border border-line bg-canvas"
          />
          <h2>Text version</h2>
          <p>Links work in this one; in the frame above a letter can do nothing.</p>
          <LetterText text={contents.text} origin={env().origin} />
        </>
      ) : (
        <Empty title="Nothing to read">
          {state === "queued" ? "It is being written: look again in a moment." : "It was never written."}
        </Empty>
      )}
    </PublicPage>
  );
}
