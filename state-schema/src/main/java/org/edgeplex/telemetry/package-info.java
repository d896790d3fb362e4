/// Counters files: what one process counts, for any other on the machine to read at any time
/// without asking it.
///
/// A process counts in memory that is mapped from a file, with plain stores and without a system
/// call. A reader copies the file with ordinary reads, so no content, length or change of the file
/// can end it. The file says itself what it holds ([CountersLayout]); a reader needs no list of
/// names:
///
/// ```
///   0  magic "EPCOUNTS"                     40  start of the process, milliseconds since 1970
///   8  version, 32 bits                     48  incarnation of the lease
///  12  state, 32 bits: 1 live, 2 ended      56  subject, 32 bits: number of the attachment
///  16  bytes of the description, 32 bits    60  0
///  20  0                                    64  0 up to 128
///  24  bytes of the file                   128  description, lines of text
///  32  process number                        n  blocks, each begins at a cache line
/// ```
///
/// Numbers are little-endian. A block is a table of 64-bit values; its rows have names, or keys
/// that may change while the process runs ([TrafficRows]):
///
/// ```
/// name red/pe1/a
/// block ports columns rx_packets,rx_bytes rows 2 keys 0 recent 0 values 4096
/// row trunk
/// row tap
/// block popped_labels columns packets,bytes rows 4096 keys 4224 recent 69760 values 102528
/// ```
///
/// A row's key is four 32-bit words: a sequence number, odd while the row changes and 0 before its
/// first use, and up to three words, each one more than what it says, or 0 for none. What was
/// counted recently is one 64-bit word of packets and bytes, to be added to the row's values. All
/// of it belongs together if the sequence is the same before and after it was read.
///
/// Not here: what is counted (the program's own affair) and how a number is judged.
@NullMarked
package org.edgeplex.telemetry;

import org.jspecify.annotations.NullMarked;
