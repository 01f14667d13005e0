import type { RaceScenario } from "./race";
import { fiftyResends, undoVsDelivery } from "./scenarios/emails";
import {
  overlappingLists,
  renewVsInvite,
  resendVsInvite,
  twoAdministrators,
  undoVsInvite,
} from "./scenarios/invite";
import {
  acceptVsDecline,
  acceptVsRenew,
  acceptVsRevoke,
  fourOrganizations,
  sixteenAccepts,
  sixteenNewUsers,
} from "./scenarios/join";
import { mixedLoad } from "./scenarios/mixed-load";
import { bothStepDown, mutualDemotion, mutualRemoval } from "./scenarios/owners";
import {
  approveTwice,
  approveVsDismiss,
  approveVsInvite,
  approveVsJoin,
  confirmVsInvite,
  sixteenAnswers,
  sixteenConfirms,
} from "./scenarios/requests";

/** All races, in the order of the printed table. */
export const RACES: readonly RaceScenario[] = [
  sixteenAccepts,
  acceptVsRevoke,
  acceptVsRenew,
  acceptVsDecline,
  undoVsInvite,
  fiftyResends,
  twoAdministrators,
  overlappingLists,
  renewVsInvite,
  resendVsInvite,
  undoVsDelivery,
  sixteenConfirms,
  confirmVsInvite,
  sixteenAnswers,
  approveTwice,
  approveVsDismiss,
  approveVsInvite,
  approveVsJoin,
  mutualDemotion,
  mutualRemoval,
  bothStepDown,
  mixedLoad,
  sixteenNewUsers,
  fourOrganizations,
];
