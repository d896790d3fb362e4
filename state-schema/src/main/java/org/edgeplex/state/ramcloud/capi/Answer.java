package org.edgeplex.state.ramcloud.capi;

import org.edgeplex.state.Bytes;

/// What a read brought.
///
/// @param value empty unless the status is [Status#OK]
record Answer(int status, Bytes value, long version) {}
