package org.edgeplex.dataplane.io.linux;

/// Network namespaces as ip-netns(8) names them.
public final class NetworkNamespace {
    private static final String FOLDER = "/run/netns/";

    private NetworkNamespace() {}

    /// Moves the calling thread, for the rest of its life, into a namespace. Threads that it starts
    /// follow; so the caller is a platform thread made for this.
    public static void enter(String name) {
        if (name.isEmpty() || name.contains("/") || name.startsWith(".")) {
            throw new IllegalArgumentException("not the name of a namespace: \"" + name + '"');
        }
        int descriptor = Libc.open(FOLDER + name, Libc.O_CLOEXEC);
        try {
            Libc.setns("entering network namespace " + name, descriptor, Libc.CLONE_NEWNET);
        } finally {
            Libc.close(descriptor);
        }
    }
}
