package org.edgeplex.pvm.link;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// The kernel's side of the link: what [LinkKeeper] sees and does. The network namespace is the
/// process's own.
public interface LinkKernel {
    /// Empty: there is no such interface.
    Optional<ObservedLink> observe(String name) throws IOException;

    /// Runs one `ip` command; its failure is an exception with the command's own words.
    void ip(List<String> arguments) throws IOException, InterruptedException;

    /// Sets `/proc/sys/net/PATH`, where there is such a file.
    void sysctl(String path, String value) throws IOException;
}
