import type { Race } from "./race";
import { everything } from "./rounds/everything";
import {
  overlappingLists,
  renewAgainstInvite,
  resendAgainstInvite,
  twoAdministrators,
  undoAgainstInvite,
} from "./rounds/invite";
import {
  acceptAgainstDecline,
  acceptAgainstRenew,
  acceptAgainstRevoke,
  fourHouses,
  sixteenAccepts,
  sixteenStrangers,
} from "./rounds/join";
import { fiftyResends, undoAgainstDelivery } from "./rounds/letters";
import { bothStepDown, mutualDemotion, mutualRemoval } from "./rounds/owners";
import {
  approveAgainstDismiss,
  approveAgainstInvite,
  approveAgainstJoin,
  approveTwice,
  confirmAgainstInvite,
  sixteenAnswers,
  sixteenConfirms,
} from "./rounds/requests";

/** Every race there is, in the order of the printed table. */
export const RACES: readonly Race[] = [
  sixteenAccepts,
  acceptAgainstRevoke,
  acceptAgainstRenew,
  acceptAgainstDecline,
  undoAgainstInvite,
  fiftyResends,
  twoAdministrators,
  overlappingLists,
  renewAgainstInvite,
  resendAgainstInvite,
  undoAgainstDelivery,
  sixteenConfirms,
  confirmAgainstInvite,
  sixteenAnswers,
  approveTwice,
  approveAgainstDismiss,
  approveAgainstInvite,
  approveAgainstJoin,
  mutualDemotion,
  mutualRemoval,
  bothStepDown,
  everything,
  sixteenStrangers,
  fourHouses,
];
