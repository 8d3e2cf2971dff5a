export { Gateway, type GatewayDeps, type GatewayOptions, type GatewayStats } from './gateway.ts';
export { ackLatency, showGateway } from './gateway-metrics.ts';
export { DEFAULT_LIMITS, type GatewayLimits } from './limits.ts';
