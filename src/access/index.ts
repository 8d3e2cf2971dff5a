export * from './actor.ts';
export * from './decide-access.ts';
export * from './duties.ts';
export * from './permission-grid.ts';
export * from './permissions.ts';
export * from './roles.ts';
export type { ActLeaf, Seal } from './act-leaf.ts';
export { AGENT_ACTS, AGENT_ACT_NAMES, type AgentActName } from './agents/agent-acts.ts';
export { grantStateOn, type AgentGrant, type GrantState } from './agents/agent-grant.ts';
export { agentByLogin, inviteAgent } from './agents/invite-agent.ts';
export { findGrant, grantsOfAgent, grantsOfUnit, insertGrant, insertWithdrawal } from './store/agents.ts';
export { ACTION_WORDS, type Words } from './action-words.ts';
export { areaUnder, groupAuthority, type Authority, type AuthorityLevel } from './authority.ts';
export { actsAs, colleaguesOf, peopleWith, type Colleague } from './delegation/colleagues.ts';
export { createAccount, disableAccount, type AccountCommand } from './create-account.ts';
export { createDemoAccounts, type DemoUnit } from './demo/create-demo-accounts.ts';
export { DEMO_AUTHORITIES, DEMO_CAST, DEMO_CITY, DEMO_PASSWORD, DEMO_PROVINCE, DEMO_REGION, demoAccountId, demoCast, demoPlace, unitLogin, type DemoPlace } from './demo/demo-cast.ts';
export { refuse as refuseAccess } from './errors.ts';
export { readingsPage, readingsReply } from './reading-routes.ts';
export { READING_DOORS } from './readings.ts';
export { sealReadings } from './seal-readings.ts';
export { registerAccess } from './routes.ts';
export { describeActor, type AccessDeps } from './session-routes.ts';
export type { SessionDeps } from './session-deps.ts';
export { actorOf, resume, signIn, signOut } from './sign-in.ts';
export {
  accountOf, accountsOf, allAuthorities, unitPeople, type Account, type Certificate,
} from './store/accounts.ts';
export { visibleRows, type OwnerColumns } from './store/visible-rows.ts';
