/// Steering of the PE's Open vSwitch: what its flows shall be, and the seams through which they get
/// there.
///
/// Pure values and the two seams, [org.edgeplex.openflow.SwitchSteering] (flows) and
/// [org.edgeplex.openflow.SwitchDatabase] (bridges and ports), with one implementation in memory.
/// The real ones are in `.loxi` and `.ovsdb`. No type of a protocol library is visible here, and
/// nothing here learns addresses or routes: the plan comes from the controller.
///
/// - OpenFlow Switch Specification 1.4.0 (the flows are of its model: section 5)
/// - RFC 4364, section 13.1 (no labelled packet is taken from a customer's port)
@NullMarked
package org.edgeplex.openflow;

import org.jspecify.annotations.NullMarked;
