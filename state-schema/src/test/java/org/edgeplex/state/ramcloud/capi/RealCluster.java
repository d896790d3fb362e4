package org.edgeplex.state.ramcloud.capi;

/// The cluster and the library that the environment names.
final class RealCluster {
    /// The coordinator's locator.
    static final String VARIABLE = "EDGEPLEX_RAMCLOUD";

    static final String REASON =
            "needs a running RAMCloud cluster: set EDGEPLEX_RAMCLOUD=tcp:host=H,port=P or zk:H:P,"
                    + " and EDGEPLEX_RAMCLOUD_LIB to its libramcloud.so";

    private RealCluster() {}

    static LibraryOptions options() {
        String locator = System.getenv(VARIABLE);
        if (locator == null) {
            throw new IllegalStateException(REASON);
        }
        return LibraryOptions.of(
                LibraryOptions.library("", LibraryOptions.variable()), locator, "main");
    }
}
