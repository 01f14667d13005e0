/** After the address of Users or Invitations it opens New Invitation there. */
export const NEW_INVITATION = "#new-invitation";

/** Presses New Invitation, if it is on this page; was it? */
export function pressNewInvitation(): boolean {
  const button = document.querySelector<HTMLElement>("[data-new-invitation]");
  button?.click();
  return button !== null;
}
