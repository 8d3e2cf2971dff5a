export { crc16, formatCrc, modbusCrc16 } from './crc.ts';
export { encodeCp, encodeFrame, encodeSegment, type Group, type Pair, type SegmentFields } from './encode.ts';
export { splitMessage } from './split.ts';
export { type Edition, type FlagBits, flagBits, flagValue } from './edition.ts';
export { formatHjTime, formatQn, parseHjTime } from './hj-time.ts';
export { type CrcVariant, DEFAULT_PROFILE, type DeviceProfile } from './profile.ts';
export { type DecodeError, type Finding, FINDINGS } from './problems.ts';
export {
  cutBytes,
  type FrameFault,
  Framer,
  type FramerOptions,
  type Noise,
  type Piece,
  type RawFrame,
} from './framer.ts';
export { joinSegment, parseCp, parseSegment, type Segment } from './segment.ts';
export type { BadFrame, Decoded, Frame } from './message.ts';
export { readFrame, readPiece, type ReadOptions } from './read-frame.ts';
export { plainValue, type Reading, readingsOf } from './readings.ts';
export { type Assembled, Assembler, type AssemblerOptions, type AssemblyStep, type Incomplete } from './assemble.ts';
export { decodeStream, StreamDecoder, type StreamItem, type StreamOptions } from './decode-stream.ts';
export { assembledJson, decodedJson } from './to-json.ts';
export { areaOf, decryptArea, encryptArea, withArea } from './sm4.ts';
export { encodeText, type TextEncoding } from './text.ts';
export { type CommandKind, kindOfCommand } from './commands.ts';
export { EXE_RTN, QN_RTN, replyTo } from './replies.ts';
export {
  DEFAULT_TIMING,
  type Exchange,
  type ExchangeState,
  type ExchangeStep,
  onAnswer,
  onTime,
  openExchange,
  type Timing,
} from './exchange.ts';
