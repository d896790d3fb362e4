/// The OVSDB side of the switch: bridges, ports and their numbers in the database of Open vSwitch.
///
/// A client of RFC 7047's JSON-RPC over a unix socket or TCP, and the few typed operations that the
/// controller needs. No monitor, no cache: each operation reads what it decides upon.
///
/// - RFC 7047, sections 3.1 (notation), 4.1.3 (transact), 4.1.11 (echo), 5.2 (operations)
/// - ovs-vswitchd.conf.db(5) (the schema)
@NullMarked
package org.edgeplex.openflow.ovsdb;

import org.jspecify.annotations.NullMarked;
