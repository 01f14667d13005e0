/**
 * What each kind of user gets from every page, route and server action: one rule per entry point. `allEntryPoints`
 * finds those without a rule. The expected response is a status, with the target of a redirect (`307 /login`); for an
 * action it is the reason of its refusal, `done`, or `to /path` for a redirect.
 */
export type AccessRule = {
  /** The path to request. Actions have none: the build names the page that accepts them. */
  path?: string;
  /** The body to post to the path, instead of a GET request. */
  body?: string;
  /** The input of an action. An action that only a form calls has `form` instead. */
  input?: Record<string, unknown>;
  form?: Record<string, string>;
  /** A visitor who is not logged in. */
  anonymous: string;
  /** An active member without permissions. */
  member: string;
  /** The Owner of another organization, using this organization's path. */
  outsider: string;
  /** A user who was just removed, with a session that is still open. */
  removed: string;
  /** A user who was just blocked, with a session that is still open. */
  blocked: string;
  /** The Owner of another organization, using their own path with ids of this one. Required wherever an id is sent. */
  otherOrganization?: string;
  /** The user who has access, and the response to them. It shows that the others are not refused for another reason. */
  allowed?: { as: "owner" | "operator" | "member"; outcome: string };
  /** True if the request ends its session by design, so that each user needs a separate session. */
  endsSession?: boolean;
};

/** The same response for everyone: a public page, or one that no member can see. */
function everyone(outcome: string) {
  return { anonymous: outcome, member: outcome, outsider: outcome, removed: outcome, blocked: outcome };
}

/** An action or page of an organization that requires a permission. */
const permissionRequired = {
  anonymous: "signed-out",
  member: "not-allowed",
  outsider: "not-found",
  removed: "not-found",
  blocked: "not-found",
};

/** An action on one user. The rules of the table change this user one after the other. */
function userAction(extra: Record<string, unknown> = {}): AccessRule {
  return {
    input: { organization: "{organization}", member: "{unconfirmed}", ...extra },
    ...permissionRequired,
    otherOrganization: "not-found",
    allowed: { as: "owner", outcome: "done" },
  };
}

/** A bulk action: ids of another organization are not found, and nothing changes. */
function bulkAction(id: string, extra: Record<string, unknown> = {}): AccessRule {
  return {
    input: { organization: "{organization}", target: { ids: [id] }, shownIds: [id], ...extra },
    ...permissionRequired,
    otherOrganization: "done",
    allowed: { as: "owner", outcome: "done" },
  };
}

/** An action for the operator only, regardless of their role in an organization. */
const operatorsOnly = { ...everyone("operators-only"), anonymous: "signed-out" };

/** An action on one request. */
function requestAction(request: string, extra: Record<string, unknown> = {}): AccessRule {
  return {
    input: { organization: "{organization}", request, ...extra },
    ...permissionRequired,
    otherOrganization: "not-found",
    allowed: { as: "owner", outcome: "done" },
  };
}

/** An action on the user's own account. */
function ownAccountAction(outcome: string, extra: Record<string, unknown> = {}): AccessRule {
  return {
    input: { account: "{account}", ...extra },
    ...everyone("different-account"),
    anonymous: "signed-out",
    allowed: { as: "member", outcome },
  };
}

/** Counts the matches of a list's query. */
function countAction(): AccessRule {
  return {
    input: { organization: "{organization}", query: "" },
    ...permissionRequired,
    allowed: { as: "owner", outcome: "done" },
  };
}

function adminPage(address: string): AccessRule {
  const back = encodeURIComponent(`/o/{organization}${address}`);
  return {
    path: `/o/{organization}${address}`,
    anonymous: `307 /o/{organization}/login?callbackUrl=${back}`,
    member: "403",
    outsider: "404",
    removed: "404",
    blocked: "404",
    allowed: { as: "owner", outcome: "200" },
  };
}

function adminDownload(address: string): AccessRule {
  return {
    path: `/o/{organization}${address}`,
    anonymous: "401",
    member: "403",
    outsider: "404",
    removed: "404",
    blocked: "404",
    allowed: { as: "owner", outcome: "200" },
  };
}

const roleAndPolicies = { role: "member", policies: [] };

const wrongCode = "00000-00000-00000-00000";

export const accessTable: Record<string, AccessRule> = {
  "page /": {
    path: "/",
    anonymous: "307 /login?callbackUrl=%2F",
    member: "307 /o/{organization}",
    outsider: "307 /o/{theirs}/admin/users",
    removed: "200",
    blocked: "200",
  },
  "page /setup": { path: "/setup", ...everyone("404"), allowed: { as: "operator", outcome: "404" } },
  "page /login": { path: "/login", ...everyone("307 /"), anonymous: "200" },
  "page /account": {
    path: "/account",
    ...everyone("200"),
    anonymous: "307 /login?callbackUrl=%2Faccount",
  },
  "page /organizations/new": {
    path: "/organizations/new",
    ...everyone("404"),
    allowed: { as: "operator", outcome: "200" },
  },
  "page /o/[organization]/login": {
    path: "/o/{organization}/login",
    ...everyone("200"),
    member: "307 /o/{organization}",
  },
  "page /join": { path: "/join", ...everyone("200") },
  "page /join/[code]": { path: "/join/{code}", ...everyone("200") },
  "route GET /api/auth/callback/[provider]": {
    path: "/api/auth/callback/unknown?code=x&state=y",
    ...everyone("307 /login?refused=begin-again&provider=unknown"),
  },
  "page /login/mail": { path: "/login/mail", ...everyone("200") },
  "page /o/[organization]/login/mail": { path: "/o/{organization}/login/mail", ...everyone("200") },
  "page /reset/[code]": { path: `/reset/${wrongCode}`, ...everyone("200") },
  "page /sign-in/[code]": { path: `/sign-in/${wrongCode}`, ...everyone("200") },
  "page /confirm/[code]": { path: `/confirm/${wrongCode}`, ...everyone("200") },
  "page /request/[code]": { path: `/request/${wrongCode}`, ...everyone("200") },
  "page /change-address/[code]": { path: `/change-address/${wrongCode}`, ...everyone("200") },
  "page /mailbox": { path: "/mailbox", ...everyone("404"), allowed: { as: "operator", outcome: "200" } },
  "page /mailbox/[message]": {
    path: "/mailbox/{message}",
    ...everyone("404"),
    otherOrganization: "404",
    allowed: { as: "operator", outcome: "200" },
  },
  "route GET /mailbox/[message]/html": {
    path: "/mailbox/{message}/html",
    ...everyone("404"),
    otherOrganization: "404",
    allowed: { as: "operator", outcome: "200" },
  },
  "page /o/[organization]": {
    path: "/o/{organization}",
    anonymous: `307 /o/{organization}/login?callbackUrl=${encodeURIComponent("/o/{organization}")}`,
    member: "200",
    outsider: "404",
    removed: "404",
    blocked: "404",
    allowed: { as: "owner", outcome: "200" },
  },
  "page /o/[organization]/admin/users": adminPage("/admin/users"),
  "page /o/[organization]/admin/users/[member]": {
    ...adminPage("/admin/users/{invited}"),
    otherOrganization: "404",
  },
  "page /o/[organization]/admin/users/invitations": adminPage("/admin/users/invitations"),
  "page /o/[organization]/admin/users/requests": adminPage("/admin/users/requests"),
  "page /o/[organization]/admin/policies": adminPage("/admin/policies"),
  "page /o/[organization]/admin/activity": adminPage("/admin/activity"),
  "page /o/[organization]/admin/settings": adminPage("/admin/settings"),
  "route GET /o/[organization]/admin/activity/export": adminDownload("/admin/activity/export"),
  "route GET /o/[organization]/admin/users/export": adminDownload("/admin/users/export"),
  "route GET /o/[organization]/admin/users/invitations/export": adminDownload(
    "/admin/users/invitations/export",
  ),
  "route GET /o/[organization]/admin/users/changes": {
    path: "/o/{organization}/admin/users/changes",
    anonymous: "401",
    member: "403",
    outsider: "404",
    removed: "404",
    blocked: "404",
    allowed: { as: "owner", outcome: "200" },
  },
  "route GET /o/[organization]/api/me": {
    path: "/o/{organization}/api/me",
    anonymous: "401",
    member: "200",
    outsider: "404",
    removed: "404",
    blocked: "404",
    allowed: { as: "owner", outcome: "200" },
  },
  // Without a provider the route does not exist; provider.spec.ts covers unsigned requests.
  "route POST /api/resend": {
    path: "/api/resend",
    body: '{"type":"email.delivered"}',
    ...everyone("404"),
  },
  // Not found without a sender and FOYER_SECURITY_CONTACT; public-files.spec.ts reads the file.
  "route GET /.well-known/security.txt": { path: "/.well-known/security.txt", ...everyone("404") },
  "route GET /api/health": { path: "/api/health", ...everyone("200") },

  "action lib/sign-in/actions.ts#logInAction": {
    input: { email: "{stranger}", password: "not the password" },
    ...everyone("wrong-credentials"),
  },
  "action lib/accounts/language-actions.ts#setLanguageAction": ownAccountAction("done", { language: "en" }),
  "action lib/accounts/language-actions.ts#chooseLanguageAction": {
    input: { language: "en" },
    ...everyone("to the same page"),
  },
  "action lib/accounts/actions.ts#logOutAction": { input: {}, ...everyone("to /login"), endsSession: true },
  "action components/accounts/log-out-form.tsx#$$RSC_SERVER_ACTION_0": {
    form: {},
    ...everyone("303 /login"),
    endsSession: true,
  },
  "action lib/sign-in/actions.ts#logInWithProviderAction": {
    input: { provider: "unknown" },
    ...everyone("begin-again"),
  },
  "action lib/accounts/actions.ts#requestMagicLinkAction": {
    // A valid address would insert a row for every caller.
    input: { email: "not an address", purpose: "sign-in" },
    ...everyone("not-an-address"),
  },
  "action lib/sign-in/actions.ts#resetPasswordAction": {
    input: { code: wrongCode, password: "a password for tests alone" },
    ...everyone("invalid-link"),
  },
  "action lib/invitations/actions.ts#respondToInvitationAction": {
    input: { invitation: "{invitation}", answer: "join" },
    ...everyone("not-available"),
    otherOrganization: "not-available",
    allowed: { as: "owner", outcome: "not-available" },
  },
  "action lib/sign-in/actions.ts#consumeSignInLinkAction": {
    input: { code: wrongCode },
    ...everyone("invalid-link"),
  },
  "action lib/accounts/actions.ts#confirmAddressAction": {
    input: { code: wrongCode },
    ...everyone("invalid-link"),
  },
  "action lib/accounts/actions.ts#renameAccountAction": ownAccountAction("done", { name: "Other" }),
  "action lib/accounts/actions.ts#changePasswordAction": ownAccountAction("wrong-current", {
    currentPassword: "not the password",
    password: "correct horse battery",
  }),
  "action lib/accounts/actions.ts#requestEmailChangeAction": ownAccountAction("wrong-current", {
    email: "new@people.test",
    currentPassword: "not the password",
  }),
  "action lib/accounts/actions.ts#cancelEmailChangeAction": ownAccountAction("done"),
  "action lib/accounts/actions.ts#confirmEmailChangeAction": {
    input: { code: wrongCode },
    ...everyone("invalid-link"),
  },
  "action lib/accounts/actions.ts#resendConfirmationAction": ownAccountAction("already-confirmed"),
  "action lib/accounts/actions.ts#removeSignInMethodAction": ownAccountAction("done", {
    issuer: "",
    subject: "",
  }),
  "action lib/accounts/actions.ts#endOtherSessionAction": ownAccountAction("done", {
    session: "00000000-0000-4000-8000-000000000000",
  }),
  "action lib/accounts/actions.ts#endAllOtherSessionsAction": ownAccountAction("done"),
  "action lib/organizations/actions.ts#createOrganizationAction": {
    input: { organization: "Made", slug: "made" },
    ...operatorsOnly,
    allowed: { as: "operator", outcome: "to /o/made/admin/users" },
  },
  "action lib/organizations/actions.ts#setUpInstallationAction": {
    input: {
      token: "{token}",
      name: "Mallory",
      email: "mallory@people.test",
      password: "correct horse battery",
      organization: "Mallory's",
      slug: "mallory",
    },
    ...everyone("already-set-up"),
  },
  "action lib/organizations/actions.ts#removeDemoAction": { input: {}, ...operatorsOnly },
  "action lib/invitations/actions.ts#findInvitationByCodeAction": {
    input: { code: wrongCode },
    ...everyone("unknown-code"),
  },
  // Without the permission for a list the action returns no rows of it.
  "action lib/admin/invitation-actions.ts#loadVisibleRowsAction": {
    input: { organization: "{organization}", members: ["{unconfirmed}"], requests: [], list: null },
    ...permissionRequired,
    member: "done",
    otherOrganization: "done",
    allowed: { as: "owner", outcome: "done" },
  },
  "action lib/invitations/actions.ts#acceptInvitationAction": {
    input: { code: "{code}" },
    ...everyone("wrong-account"),
    anonymous: "name-missing",
  },
  "action lib/admin/invitation-actions.ts#inviteMembersAction": {
    input: {
      organization: "{organization}",
      addresses: ["new@people.test"],
      role: "member",
      policies: ["{policy}"],
    },
    ...permissionRequired,
    otherOrganization: "policy-gone",
    allowed: { as: "owner", outcome: "done" },
  },
  "action lib/admin/invitation-actions.ts#checkEligibilityAction": {
    input: { organization: "{organization}", addresses: ["guest@people.test"] },
    ...permissionRequired,
    allowed: { as: "owner", outcome: "done" },
  },
  "action lib/admin/invitation-actions.ts#uploadInvitationListAction": {
    input: {
      organization: "{organization}",
      list: "Email\nlisted@people.test",
      choices: { corrections: {} },
      from: 0,
      role: "member",
      policies: ["{policy}"],
    },
    ...permissionRequired,
    otherOrganization: "policy-gone",
    allowed: { as: "owner", outcome: "done" },
  },
  "action lib/admin/invitation-actions.ts#copyInvitationAction": {
    input: { organization: "{organization}", invitation: "{invitation}", shape: "code" },
    ...permissionRequired,
    otherOrganization: "not-found",
    allowed: { as: "owner", outcome: "done" },
  },
  "action lib/admin/invitation-actions.ts#resendInvitationAction": {
    input: { organization: "{organization}", invitation: "{invitation}" },
    ...permissionRequired,
    otherOrganization: "not-found",
    allowed: { as: "owner", outcome: "done" },
  },
  "action lib/admin/invitation-actions.ts#renewInvitationAction": {
    input: { organization: "{organization}", invitation: "{invitation}" },
    ...permissionRequired,
    otherOrganization: "not-found",
    allowed: { as: "owner", outcome: "not-expired" },
  },
  // The email of this invitation has not bounced.
  "action lib/admin/invitation-actions.ts#correctAddressAction": {
    input: { organization: "{organization}", invitation: "{invitation}", address: "{stranger}" },
    ...permissionRequired,
    otherOrganization: "not-found",
    allowed: { as: "owner", outcome: "not-bounced" },
  },
  "action lib/admin/invitation-actions.ts#revokeInvitationAction": {
    input: { organization: "{organization}", invitation: "{invitation}" },
    ...permissionRequired,
    otherOrganization: "not-found",
    allowed: { as: "owner", outcome: "done" },
  },
  // After the rule above, so that there is something to undo.
  "action lib/admin/invitation-actions.ts#undoRevokeInvitationAction": {
    input: { organization: "{organization}", invitation: "{invitation}" },
    ...permissionRequired,
    otherOrganization: "not-found",
    allowed: { as: "owner", outcome: "done" },
  },
  "action lib/admin/invitation-bulk-actions.ts#resendInvitationsAction": bulkAction("{invitation}", {
    asOf: "2026-11-20T00:00:00.000Z",
  }),
  "action lib/admin/invitation-bulk-actions.ts#renewInvitationsAction": bulkAction("{invitation}"),
  "action lib/admin/invitation-bulk-actions.ts#countInvitationsAction": countAction(),
  "action lib/admin/invitation-bulk-actions.ts#revokeInvitationsAction": bulkAction("{invitation}"),
  "action lib/admin/invitation-actions.ts#findTimelineAction": {
    input: { organization: "{organization}", member: "{invited}" },
    ...permissionRequired,
    otherOrganization: "not-found",
    allowed: { as: "owner", outcome: "done" },
  },
  "action lib/invitations/actions.ts#declineInvitationAction": {
    input: { code: wrongCode },
    ...everyone("unknown-code"),
  },
  "action lib/admin/user-actions.ts#vouchForAddressAction": {
    input: { organization: "{organization}", member: "{unconfirmed}" },
    ...permissionRequired,
    otherOrganization: "nothing-to-confirm",
    allowed: { as: "owner", outcome: "done" },
  },
  "action lib/admin/user-actions.ts#resumeEmailsAction": {
    ...userAction(),
    otherOrganization: "not-paused",
    allowed: { as: "owner", outcome: "not-paused" },
  },
  "action lib/policies/actions.ts#createPolicyAction": {
    input: { organization: "{organization}", name: "New", permissions: ["users:read"] },
    ...permissionRequired,
    allowed: { as: "owner", outcome: "done" },
  },
  "action lib/policies/actions.ts#previewPolicyImpactAction": {
    input: { organization: "{organization}", policy: "{policy}", remaining: [] },
    ...permissionRequired,
    // Like a policy that does not exist: no one loses anything.
    otherOrganization: "done",
    allowed: { as: "owner", outcome: "done" },
  },
  "action lib/policies/actions.ts#updatePolicyAction": {
    input: {
      organization: "{organization}",
      policy: "{policy}",
      version: 1,
      name: "Mine",
      permissions: ["users:read"],
    },
    ...permissionRequired,
    otherOrganization: "policy-gone",
    allowed: { as: "owner", outcome: "built-in" },
  },
  "action lib/policies/actions.ts#deletePolicyAction": {
    input: { organization: "{organization}", policy: "{policy}", version: 1 },
    ...permissionRequired,
    otherOrganization: "policy-gone",
    allowed: { as: "owner", outcome: "built-in" },
  },
  "action lib/admin/user-actions.ts#eraseMemberAction": {
    input: { organization: "{organization}", member: "{unconfirmed}", typed: "unconfirmed" },
    ...permissionRequired,
    otherOrganization: "not-found",
    allowed: { as: "owner", outcome: "not-removed" },
  },
  "action lib/organizations/actions.ts#eraseOrganizationAction": {
    input: { organization: "{organization}", typed: "Theirs" },
    ...permissionRequired,
    allowed: { as: "owner", outcome: "wrong-name" },
  },
  "action lib/requests/actions.ts#submitRequestAction": {
    input: { organization: "{organization}", email: "{stranger}", name: "Stranger" },
    ...everyone("requests-off"),
  },
  "action lib/requests/actions.ts#confirmRequestAction": {
    input: { code: wrongCode },
    ...everyone("invalid-link"),
  },
  "action lib/requests/actions.ts#requestNewInvitationAction": {
    input: { code: wrongCode },
    ...everyone("unknown-code"),
  },
  "action lib/admin/request-actions.ts#approveRequestAction": requestAction("{request}", roleAndPolicies),
  "action lib/admin/request-actions.ts#dismissRequestAction": requestAction("{otherRequest}"),
  "action lib/admin/request-bulk-actions.ts#approveRequestsAction": bulkAction("{request}", roleAndPolicies),
  "action lib/admin/request-bulk-actions.ts#dismissRequestsAction": bulkAction("{request}"),
  "action lib/admin/request-bulk-actions.ts#countMatchingRequestsAction": countAction(),
  "action lib/settings/actions.ts#updateSettingsAction": {
    input: {
      organization: "{organization}",
      version: 1,
      newUserInvitations: false,
      allowedDomains: [],
      refusedDomains: [],
      expiryDays: 7,
      resendLimit: 4,
      reminders: true,
      replyTo: "",
      supportAddress: "",
      defaultRole: "member",
      defaultPolicies: ["{policy}"],
      language: "en",
      timeZone: "UTC",
    },
    ...permissionRequired,
    otherOrganization: "policy-gone",
    allowed: { as: "owner", outcome: "done" },
  },
  "action lib/settings/actions.ts#sendTestEmailAction": {
    input: { organization: "{organization}" },
    ...permissionRequired,
    allowed: { as: "owner", outcome: "done" },
  },
  "action lib/settings/actions.ts#findTestEmailAction": {
    input: { organization: "{organization}" },
    ...permissionRequired,
    allowed: { as: "owner", outcome: "done" },
  },
  "action lib/admin/user-actions.ts#loadProfileAction": userAction(),
  // The version after the rule above.
  "action lib/admin/user-actions.ts#updateMemberAction": userAction({
    role: "member",
    policies: [],
    version: 2,
  }),
  "action lib/admin/user-bulk-actions.ts#loadAssignmentOptionsAction": {
    input: { organization: "{organization}" },
    ...permissionRequired,
    allowed: { as: "owner", outcome: "done" },
  },
  "action lib/admin/user-bulk-actions.ts#countMatchingUsersAction": countAction(),
  "action lib/admin/user-bulk-actions.ts#assignRoleAction": bulkAction("{unconfirmed}", { role: "member" }),
  // For another organization the policy does not exist.
  "action lib/admin/user-bulk-actions.ts#addPolicyAction": {
    ...bulkAction("{unconfirmed}", { policy: "{policy}" }),
    otherOrganization: "policy-gone",
  },
  "action lib/admin/user-actions.ts#blockMemberAction": userAction(),
  "action lib/admin/user-actions.ts#unblockMemberAction": userAction(),
  "action lib/admin/user-bulk-actions.ts#blockMembersAction": bulkAction("{unconfirmed}"),
  "action lib/admin/user-actions.ts#removeMemberAction": userAction(),
  "action lib/admin/user-actions.ts#inviteMemberAgainAction": userAction({ role: "member", policies: [] }),
  // Last, because the member has left afterwards.
  "action lib/admin/user-actions.ts#leaveOrganizationAction": {
    input: { organization: "{organization}" },
    ...permissionRequired,
    member: "done",
    allowed: { as: "member", outcome: "done" },
  },
};
