/** ① Ingest: what devices said, kept as it came, before it was answered. The codec itself is `#ingest/hj212`. */
export { DEFAULT_ENTRY_POLICY, type EntryPolicy } from './decide-entry.ts';
export { type Device, type DeviceDirectory, directoryOf } from './devices/device-directory.ts';
export {
  ackLatency,
  DEFAULT_LIMITS,
  Gateway,
  type GatewayDeps,
  type GatewayLimits,
  type GatewayOptions,
  type GatewayStats,
  showGateway,
} from './gateway/index.ts';
export type { Entry, FrameState, Mark, Received, ReplyState } from './journal-entry.ts';
export { type JournalFrame, type Message, readDevices, readEverything, readJournal, readRow } from './read-journal.ts';
export { bodyDigests, hoursHeard, type JournalRow, lastSeq, oddRows, rowsAbout } from './store/read-journal.ts';
export { frameSummaries, type FrameSummary } from './store/frame-ranges.ts';
export { sealedFrames, sealFrames, type SealDeps } from './seal-frames.ts';
export { readStatus, type StatusRow } from './store/status.ts';
export { JournalWriter, type WrittenBatch } from './write-batch.ts';
export { type CaptureItem, type CaptureLine, openCapture, readCapture } from './capture.ts';
export { importCapture, type ImportDeps, type ImportOptions, type ImportReport } from './import-capture.ts';
export { type DecodeSummary, runDecode } from './run-decode.ts';
export { type ReplayOptions, type ReplayReport, runReplay } from './gateway/run-replay.ts';
export { shiftFrame } from './shift-frame.ts';
export { importSideFacts, readSideFacts, type SideCount, type SideFacts } from './import-side-facts.ts';
export { readSideRecords, type SideRecord } from './store/side-records.ts';
export { sideNews, type SideNews } from './store/side-news.ts';
export { deviceKeyBox, type DeviceKeys, followDeviceKeys } from './devices/device-keys.ts';
export { type DeviceKeyDeps, giveDeviceKey, listDeviceKeys, parseSm4Key, removeDeviceKey } from './devices/give-device-key.ts';
export { countDevices, type DeviceCount } from './devices/silence.ts';
export { readReceived } from './read-received.ts';
export { directoryOfRegister, profileOf } from './devices/directory-of-register.ts';
export { recordVideoEvent, type NewVideoEvent } from './record-video-event.ts';
export { registerIngestRoutes, type IngestRouteDeps } from './routes.ts';
export { readVideoEvents, type VideoEvent } from './store/video-events.ts';
export { PART_WAIT_MS, sweepIncompleteMessages } from './sweep-gaps.ts';
export { benchDecode, type DecodeBench } from './bench-decode.ts';
export { refuse as refuseIngest } from './errors.ts';
export { benchMn } from './gateway/bench-mn.ts';
export { benchIngest, type IngestBench, type IngestBenchOptions } from './bench-ingest.ts';
