/// The state machines of LDP: the session, and the hello adjacency that carries it.
///
/// Pure functions from (state, event) to (state, actions): no sockets, no timers, no clock. Who
/// calls them performs the actions.
///
/// - RFC 5036, section 2.5.4 (initialization state machine) and 2.5.6 (maintaining sessions)
/// - RFC 5036, section 2.5.5 (maintaining hello adjacencies)
///
/// Deviation: a connection that makes no progress in INITIALIZED, OPENSENT or OPENREC is closed
/// after `SessionFsm.HANDSHAKE_SECONDS`; the standard sets no limit there.
@NullMarked
package org.edgeplex.ldp.fsm;

import org.jspecify.annotations.NullMarked;
