/// The BGP finite state machine.
///
/// A pure function from (state, event) to (state, actions): no sockets, timers or clocks. One
/// machine belongs to one connection, or to the wish for one. A peer has two of them: one connects,
/// one (passive) waits to be connected to. When both get a connection, [Collision] says which goes.
///
/// - RFC 4271, section 8, with the mandatory events, the optional events 3, 5, 13, 16 and 23, and
///   the attribute PassiveTcpEstablishment
/// - RFC 6608 (subcodes of Finite State Machine Error)
/// - RFC 4271, section 6.8 (connection collision detection), with RFC 6286, section 2.3
/// - RFC 9687 (SendHoldTimer_Expires)
///
/// Deviation: when TCP cannot connect, Connect goes to Active and not to Idle, as it does in the
/// text only while the DelayOpenTimer runs. In Idle each failed attempt would have us rest.
///
/// Not used: DelayOpen (events 12 and 20), damping of oscillations (6 and 7),
/// CollisionDetectEstablishedState.
@NullMarked
package org.edgeplex.bgp.fsm;

import org.jspecify.annotations.NullMarked;
