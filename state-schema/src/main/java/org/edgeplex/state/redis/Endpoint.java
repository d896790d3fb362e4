package org.edgeplex.state.redis;

import java.nio.file.Path;

/// Where a server listens.
sealed interface Endpoint {
    /// The name is resolved anew for each connection.
    record Tcp(String host, int port) implements Endpoint {
        @Override
        public String toString() {
            return (host.indexOf(':') < 0 ? host : '[' + host + ']') + ':' + port;
        }
    }

    record Unix(Path socket) implements Endpoint {
        @Override
        public String toString() {
            return "unix:" + socket;
        }
    }
}
