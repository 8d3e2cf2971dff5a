import type { Model } from '../contract.ts';
import { a01 } from './a01-missing-hourly-data.ts';
import { a02 } from './a02-step-data-shortfall.ts';
import { a03 } from './a03-logger-offline.ts';
import { a04 } from './a04-late-back-fill.ts';
import { a05 } from './a05-rewritten-record.ts';
import { a06 } from './a06-clock-anomaly.ts';
import { a07 } from './a07-internal-arithmetic.ts';
import { a08 } from './a08-zero-negative-saturated.ts';
import { a09 } from './a09-required-factor-missing.ts';
import { a10 } from './a10-low-valid-capture.ts';
import { a11 } from './a11-strategic-gaps.ts';
import { b01 } from './b01-hourly-exceedance.ts';
import { b02 } from './b02-daily-exceedance.ts';
import { b03 } from './b03-running-forecast.ts';
import { b04 } from './b04-limit-hugging.ts';
import { b05 } from './b05-permit-totals.ts';
import { b06 } from './b06-flow-over-design.ts';
import { b07 } from './b07-instantaneous-limits.ts';
import { b08 } from './b08-furnace-temperature.ts';
import { b09 } from './b09-exemption-overrun.ts';
import { c01 } from './c01-constant-value.ts';
import { c02 } from './c02-tiny-fluctuation.ts';
import { c03 } from './c03-noise-drop.ts';
import { c04 } from './c04-terminal-digit.ts';
import { c05 } from './c05-first-digit.ts';
import { c06 } from './c06-bunching-at-limit.ts';
import { c07 } from './c07-range-clipping.ts';
import { c08 } from './c08-repeated-block.ts';
import { c09 } from './c09-near-copies.ts';
import { c10 } from './c10-scripted-periodicity.ts';
import { c11 } from './c11-random-generator.ts';
import { c12 } from './c12-unexplained-step.ts';
import { c13 } from './c13-slow-drift.ts';
import { c14 } from './c14-missing-spikes.ts';
import { c15 } from './c15-signal-cloning.ts';
import { d01 } from './d01-sample-dilution.ts';
import { d02 } from './d02-oxygen-on-load.ts';
import { d03 } from './d03-broken-coupling.ts';
import { d04 } from './d04-flow-against-load.ts';
import { d05 } from './d05-flow-formula.ts';
import { d06 } from './d06-wet-stack-saturation.ts';
import { d07 } from './d07-looks-stopped.ts';
import { d08 } from './d08-slope-or-intercept.ts';
import { d09 } from './d09-sulphur-carbon-balance.ts';
import { d10 } from './d10-species-order.ts';
import { d11 } from './d11-dodging-the-sample.ts';
import { d12 } from './d12-night-or-batch-discharge.ts';
import { d13 } from './d13-water-balance.ts';
import { d14 } from './d14-sample-substitution.ts';
import { d15 } from './d15-removal-efficiency.ts';
import { d16 } from './d16-stormwater-outlet.ts';
import { e01 } from './e01-treatment-off.ts';
import { e02 } from './e02-late-start-early-stop.ts';
import { e03 } from './e03-treatment-idling.ts';
import { e04 } from './e04-order-not-carried-out.ts';
import { e05 } from './e05-off-hours-production.ts';
import { e06 } from './e06-meter-data.ts';
import { e07 } from './e07-intensity.ts';
import { f01 } from './f01-mark-abuse.ts';
import { f02 } from './f02-retroactive-mark.ts';
import { f03 } from './f03-marked-stopped-not-stopped.ts';
import { f04 } from './f04-calibration-timing.ts';
import { f05 } from './f05-quality-control.ts';
import { f06 } from './f06-step-after-door.ts';
import { f07 } from './f07-unusual-opening.ts';
import { f08 } from './f08-operator-visits.ts';
import { f09 } from './f09-video-in-step.ts';
import { f10 } from './f10-unfiled-parameter.ts';
import { f11 } from './f11-irregular-sampling.ts';
import { g01 } from './g01-peer-comparison.ts';
import { g02 } from './g02-manual-against-automatic.ts';
import { g03 } from './g03-implausible-reports.ts';
import { g04 } from './g04-waste-balance.ts';
import { g05 } from './g05-waste-transfers.ts';
import { g06 } from './g06-voc-hotspot.ts';
import { g07 } from './g07-station-response.ts';
import { g08 } from './g08-isolation-forest.ts';
import { g09 } from './g09-emission-pattern.ts';
import { g10 } from './g10-inspection-behaviour.ts';
import { g11 } from './g11-evidence-fusion.ts';

/** Every model that can be run, in the order of their ids. */
export const MODELS: readonly Model[] = [
  a01,
  a02,
  a03,
  a04,
  a05,
  a06,
  a07,
  a08,
  a09,
  a10,
  a11,
  b01,
  b02,
  b03,
  b04,
  b05,
  b06,
  b07,
  b08,
  b09,
  c01,
  c02,
  c03,
  c04,
  c05,
  c06,
  c07,
  c08,
  c09,
  c10,
  c11,
  c12,
  c13,
  c14,
  c15,
  d01,
  d02,
  d03,
  d04,
  d05,
  d06,
  d07,
  d08,
  d09,
  d10,
  d11,
  d12,
  d13,
  d14,
  d15,
  d16,
  e01,
  e02,
  e03,
  e04,
  e05,
  e06,
  e07,
  f01,
  f02,
  f03,
  f04,
  f05,
  f06,
  f07,
  f08,
  f09,
  f10,
  f11,
  g01,
  g02,
  g03,
  g04,
  g05,
  g06,
  g07,
  g08,
  g09,
  g10,
  g11,
];
