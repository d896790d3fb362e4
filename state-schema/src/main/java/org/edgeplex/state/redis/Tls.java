package org.edgeplex.state.redis;

import java.nio.file.Path;

/// Whether a connection is encrypted, and whom it trusts.
sealed interface Tls {
    record Off() implements Tls {}

    /// Trusts what the JVM trusts.
    record SystemTrust() implements Tls {}

    /// Trusts the certificates of a PEM file, and nobody else.
    record CaFile(Path file) implements Tls {}
}
