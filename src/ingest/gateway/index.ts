export { Gateway, type GatewayDeps, type GatewayOptions, type GatewayStats } from './gateway.ts';
export { DEFAULT_LIMITS, type GatewayLimits } from './limits.ts';
