package org.edgeplex.state.client;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.edgeplex.state.StateStore;
import org.edgeplex.state.StoreException;
import org.edgeplex.state.lmdb.LmdbOptions;
import org.edgeplex.state.lmdb.LmdbStateStore;
import org.edgeplex.state.netns.NetworkNamespace;
import org.edgeplex.state.ramcloud.RamcloudClient;
import org.edgeplex.state.ramcloud.RamcloudEngineOptions;
import org.edgeplex.state.ramcloud.RamcloudOptions;
import org.edgeplex.state.ramcloud.RamcloudStateStore;
import org.edgeplex.state.ramcloud.capi.LibraryClient;
import org.edgeplex.state.ramcloud.capi.LibraryOptions;
import org.edgeplex.state.ramcloud.wire.WireClient;
import org.edgeplex.state.redis.RedisOptions;
import org.edgeplex.state.redis.RedisStateStore;

/// Opens the store that a location names, such as `lmdb:/var/lib/edgeplex/state` or
/// `redis://db.example.net?namespace=pe7`. Each engine reads its own locations.
public final class Stores {
    private static final String FORM =
            LmdbOptions.FORM
                    + "; "
                    + RedisOptions.FORM
                    + "; "
                    + RamcloudOptions.FORM
                    + "; a networked one with netns=FILE is reached through that network namespace";
    private static final Pattern NETNS = Pattern.compile("([?&])netns=([^&]*)(&?)");

    private Stores() {}

    /// Opens it, or makes a new one; fails with [StoreException], which says what to do.
    public static StateStore open(String location) {
        return open(location, true);
    }

    /// Opens it if it is there.
    public static StateStore openExisting(String location) {
        return open(location, false);
    }

    /// Sockets belong to the namespace in which they are made, so the engine is opened inside of
    /// it.
    private static StateStore open(String location, boolean create) {
        Matcher netns = NETNS.matcher(location);
        if (!netns.find()) {
            return openHere(location, create);
        }
        String rest = netns.replaceFirst(netns.group(3).isEmpty() ? "" : "$1");
        NetworkNamespace namespace = new NetworkNamespace(Path.of(netns.group(2)));
        return namespace.inside(() -> openHere(rest, create));
    }

    private static StateStore openHere(String location, boolean create) {
        int colon = location.indexOf(':');
        return switch (colon < 0 ? "" : location.substring(0, colon)) {
            case "lmdb" -> LmdbStateStore.open(LmdbOptions.parse(location).withCreate(create));
            case "redis", "rediss" ->
                    RedisStateStore.open(RedisOptions.parse(location).withCreate(create));
            case "ramcloud" -> ramcloud(RamcloudOptions.parse(location), create);
            // The rest is not shown: there may be a password in it.
            default ->
                    throw new StoreException(
                            "\"%s\" is an unknown kind of store: a location is %s"
                                    .formatted(
                                            colon < 0 ? location : location.substring(0, colon),
                                            FORM));
        };
    }

    private static StateStore ramcloud(RamcloudOptions options, boolean create) {
        RamcloudClient client =
                switch (options.transport()) {
                    case WIRE -> WireClient.open(options);
                    case NATIVE -> LibraryClient.open(LibraryOptions.of(options));
                };
        RamcloudEngineOptions engine = RamcloudEngineOptions.of(options.namespace());
        return create
                ? RamcloudStateStore.open(client, engine)
                : RamcloudStateStore.openExisting(client, engine);
    }
}
