/** The hash that opens New Invitation on the pages Users and Invitations. */
export const NEW_INVITATION_HASH = "#new-invitation";

/** Clicks New Invitation and returns true if the page has the button. */
export function openNewInvitation(): boolean {
  const button = document.querySelector<HTMLElement>("[data-new-invitation]");
  button?.click();
  return button !== null;
}
