import type { RaceScenario } from "./race";
import { fiftyResends, undoAgainstDelivery } from "./scenarios/emails";
import {
  overlappingLists,
  renewAgainstInvite,
  resendAgainstInvite,
  twoAdministrators,
  undoAgainstInvite,
} from "./scenarios/invite";
import {
  acceptAgainstDecline,
  acceptAgainstRenew,
  acceptAgainstRevoke,
  fourOrganizations,
  sixteenAccepts,
  sixteenStrangers,
} from "./scenarios/join";
import { mixedLoad } from "./scenarios/mixed-load";
import { bothStepDown, mutualDemotion, mutualRemoval } from "./scenarios/owners";
import {
  approveAgainstDismiss,
  approveAgainstInvite,
  approveAgainstJoin,
  approveTwice,
  confirmAgainstInvite,
  sixteenAnswers,
  sixteenConfirms,
} from "./scenarios/requests";

/** All races, in the order of the printed table. */
export const RACES: readonly RaceScenario[] = [
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
  mixedLoad,
  sixteenStrangers,
  fourOrganizations,
];
