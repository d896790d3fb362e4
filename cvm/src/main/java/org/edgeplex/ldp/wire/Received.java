package org.edgeplex.ldp.wire;

/// What the decoder makes of one message of a PDU (RFC 5036, sections 3.5.1.2 and 3.3).
public sealed interface Received {
    record Accepted(LdpMessage message) implements Received {}

    /// A message of an unknown type that asks to be ignored (U bit set).
    record Ignored(int type, int messageId) implements Received {}

    /// To be answered by a Notification with this status. A fatal one ends the session, and nothing
    /// behind it in the PDU can be trusted to begin where it seems to.
    record Refused(Status status, String detail) implements Received {}
}
