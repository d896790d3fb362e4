/// A traffic generator and sink: `edgeplex traffic`.
///
/// A [Generator] sends frames of many flows at a set pace; each carries a [Stamp] with flow, number
/// and time. A [Sink] finds the stamps, whatever tags and labels the network has put around or
/// taken off, and tells for each flow and in total what was lost, reordered (RFC 4737), duplicated
/// (RFC 5560), how long it took and how much that varied (RFC 3393), and the longest gap. A
/// [Reflector] sends them back. [TrafficLoop] runs them on one thread, which neither blocks nor
/// allocates; both ends in one process have one clock, and so do processes of one machine.
///
/// Not a part of the packet path, and no customer's protocol stack: of all protocols it answers ARP
/// only.
@NullMarked
package org.edgeplex.dataplane.traffic;

import org.jspecify.annotations.NullMarked;
