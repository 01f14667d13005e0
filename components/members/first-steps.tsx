import { EmptyState } from "@/components/ui/empty-state";

/** Shown while the actor is the only user: how to invite people, and how invitations are delivered. */
export function FirstSteps({ isMailed }: { isMailed: boolean }) {
  return (
    <EmptyState title="Invite your first teammates">
      New Invitation takes one address or many, Upload Invitation List a spreadsheet&rsquo;s CSV.{" "}
      {isMailed
        ? "Track each email’s delivery in the list."
        : "Email isn’t set up yet, so copy the links and share them yourself."}
    </EmptyState>
  );
}
