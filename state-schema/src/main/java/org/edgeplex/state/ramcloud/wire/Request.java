package org.edgeplex.state.ramcloud.wire;

/// One request to a server, and what becomes of it: one of [#answered] and [#lost] follows a
/// [Session#send] that took it.
abstract class Request {
    /// Writes what follows the frame's head. Under the session's lock.
    abstract void encode(FrameWriter out);

    /// @throws MalformedReplyException the reply is not the protocol; [#lost] follows then
    abstract void answered(byte[] payload);

    /// The connection ended. The server may have done it or not.
    abstract void lost(String why);
}
