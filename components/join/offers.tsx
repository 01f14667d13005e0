"use client";

import { useActionState } from "react";
import { Button } from "@/components/ui/button";
import { FormError } from "@/components/ui/notice";
import { relativeTime } from "@/components/ui/relative-time";
import { SubmitButton } from "@/components/ui/submit-button";
import { answerOffer } from "@/lib/invitations/actions";
import type { Offer } from "@/lib/invitations/queries/offers";
import { ROLE_NAMES } from "@/lib/permissions/roles";

/** The invitations that wait for whoever is signed in: offered, never taken (REQ-F5). Works without JavaScript. */
export function Offers({ offers }: { offers: Offer[] }) {
  return (
    <ul className="stack" aria-label="Invitations for you">
      {offers.map((offer) => (
        <li key={offer.id}>
          <OfferForm offer={offer} />
        </li>
      ))}
    </ul>
  );
}

function OfferForm({ offer }: { offer: Offer }) {
  const [state, action] = useActionState(answerOffer, null);
  const { id, organization, role, inviterName, expiresAt, now } = offer;
  return (
    <form action={action} className="form">
      <FormError>{state?.ok === false ? state.message : null}</FormError>
      <p>
        {inviterName ?? "Somebody"} invited you to join <strong>{organization.name}</strong> as{" "}
        {ROLE_NAMES[role]}. It expires {relativeTime(expiresAt, now)}.
      </p>
      <input type="hidden" name="invitation" value={id} />
      <div className="flex flex-wrap gap-2">
        <SubmitButton name="answer" value="join" aria-label={`Join ${organization.name}`}>
          Join
        </SubmitButton>
        <Button type="submit" name="answer" value="decline" aria-label={`Decline ${organization.name}`}>
          Decline
        </Button>
      </div>
    </form>
  );
}
