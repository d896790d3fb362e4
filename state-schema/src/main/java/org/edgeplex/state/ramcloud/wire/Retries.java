package org.edgeplex.state.ramcloud.wire;

/// What a lane does with operations that had no answer.
interface Retries {
    /// Tries again, unless the call is over.
    ///
    /// @param delayMicros as the server wishes; 0: by how often it was tried
    void again(Part part, Verdict why, long delayMicros);

    /// The part's number will not be used again.
    void forget(Part part);

    /// The connection to the server ended.
    void suspect(Server server);
}
