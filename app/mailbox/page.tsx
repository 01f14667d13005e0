import Link from "next/link";
import { notFound } from "next/navigation";
import { LetterTable } from "@/components/mail/letter-table";
import { NoProvider } from "@/components/mail/no-provider";
import { Pagination } from "@/components/table/pagination";
import { PublicPage } from "@/components/ticket/public-page";
import { Empty } from "@/components/ui/empty";
import { operatorHere } from "@/lib/auth/gate";
import { listLetters } from "@/lib/mail/queries";

export const metadata = { title: "Mailbox" };

/** Every letter, for the operator, while no email provider is set (REQ-H1). */
export default async function MailboxPage({ searchParams }: PageProps<"/mailbox">) {
  const operator = await operatorHere();
  const { after } = await searchParams;
  const from = typeof after === "string" ? after : undefined;
  const page = await listLetters(operator, { after: from });
  if (!page) notFound();
  const { letters, next, now } = page;
  return (
    <PublicPage wide>
      <p>
        <Link href="/" prefetch={false} className="underline">
          Go to the start
        </Link>
      </p>
      <h1>Mailbox</h1>
      <NoProvider />
      {letters.length > 0 ? (
        <LetterTable letters={letters} now={now} />
      ) : (
        <Empty title="No letters yet">Invite somebody, and their letter is here.</Empty>
      )}
      <Pagination
        label="Pages of letters"
        summary={from ? <NewestLetters /> : undefined}
        next={next ? `/mailbox?after=${next}` : undefined}
      />
    </PublicPage>
  );
}

function NewestLetters() {
  return (
    <Link href="/mailbox" prefetch={false} className="underline">
      Newest letters
    </Link>
  );
}
