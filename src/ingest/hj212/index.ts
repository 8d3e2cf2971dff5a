export { crc16, formatCrc, modbusCrc16 } from './crc.ts';
export { encodeCp, encodeFrame, encodeSegment, type Group, type Pair, type SegmentFields } from './encode.ts';
