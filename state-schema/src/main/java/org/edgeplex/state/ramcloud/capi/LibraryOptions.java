package org.edgeplex.state.ramcloud.capi;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.edgeplex.state.StoreException;
import org.edgeplex.state.ramcloud.RamcloudOptions;

/// Which library, and which cluster it is to reach.
///
/// @param library the file
/// @param locator of the coordinator, or of the ZooKeeper servers that know it, as RAMCloud writes
///   it: the library knows more kinds than the client in Java
/// @param cluster its name in ZooKeeper
/// @param serverSpan over how many servers a table that is made is spread
/// @param patience how long a thread may be in the library before it is abandoned to it: longer
///   than the recovery of a server takes
public record LibraryOptions(
        Path library, String locator, String cluster, int serverSpan, Duration patience) {

    /// Names the library where the store's location does not.
    public static final String VARIABLE = "EDGEPLEX_RAMCLOUD_LIB";

    static final String ADVICE =
            "set "
                    + VARIABLE
                    + ", or library=PATH in the store's location, to the libramcloud.so that was"
                    + " built with the cluster";

    private static final Duration PATIENCE_DEFAULT = Duration.ofSeconds(5);

    public LibraryOptions {
        if (serverSpan < 1) {
            throw new IllegalArgumentException("serverSpan must be positive: " + serverSpan);
        }
        if (!patience.isPositive()) {
            throw new IllegalArgumentException("patience must be positive: " + patience);
        }
    }

    public static LibraryOptions of(Path library, String locator, String cluster) {
        return new LibraryOptions(library, locator, cluster, 1, PATIENCE_DEFAULT);
    }

    /// Those of a store's location.
    public static LibraryOptions of(RamcloudOptions options) {
        return of(library(options.library(), variable()), options.locator(), options.cluster())
                .withServerSpan(options.serverSpan());
    }

    /// What the environment says of the library, empty if nothing.
    public static String variable() {
        return Objects.requireNonNullElse(System.getenv(VARIABLE), "");
    }

    /// The library's file.
    ///
    /// @param setting of the store's location, empty where it has none
    /// @param variable what counts then, empty where that is not set
    public static Path library(String setting, String variable) {
        String name = setting.isEmpty() ? variable : setting;
        if (name.isEmpty()) {
            throw new StoreException("the native transport needs RAMCloud's library: " + ADVICE);
        }
        try {
            return Path.of(name);
        } catch (InvalidPathException e) {
            throw new StoreException("\"%s\" is not a path: %s".formatted(name, ADVICE), e);
        }
    }

    public LibraryOptions withServerSpan(int wanted) {
        return new LibraryOptions(library, locator, cluster, wanted, patience);
    }

    public LibraryOptions withPatience(Duration wanted) {
        return new LibraryOptions(library, locator, cluster, serverSpan, wanted);
    }
}
