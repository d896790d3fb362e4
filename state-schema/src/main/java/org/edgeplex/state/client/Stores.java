package org.edgeplex.state.client;

import org.edgeplex.state.StateStore;
import org.edgeplex.state.StoreException;
import org.edgeplex.state.lmdb.LmdbOptions;
import org.edgeplex.state.lmdb.LmdbStateStore;
import org.edgeplex.state.redis.RedisOptions;
import org.edgeplex.state.redis.RedisStateStore;

/// Opens the store that a location names, such as `lmdb:/var/lib/edgeplex/state` or
/// `redis://db.example.net?namespace=pe7`. Each engine reads its own locations.
public final class Stores {
    private static final String FORM = LmdbOptions.FORM + "; " + RedisOptions.FORM;

    private Stores() {}

    /// Opens it, or makes a new one; fails with [StoreException], which says what to do.
    public static StateStore open(String location) {
        return open(location, true);
    }

    /// Opens it if it is there.
    public static StateStore openExisting(String location) {
        return open(location, false);
    }

    private static StateStore open(String location, boolean create) {
        int colon = location.indexOf(':');
        return switch (colon < 0 ? "" : location.substring(0, colon)) {
            case "lmdb" -> LmdbStateStore.open(LmdbOptions.parse(location).withCreate(create));
            case "redis", "rediss" ->
                    RedisStateStore.open(RedisOptions.parse(location).withCreate(create));
            // The rest is not shown: there may be a password in it.
            default ->
                    throw new StoreException(
                            "\"%s\" is an unknown kind of store: a location is %s"
                                    .formatted(
                                            colon < 0 ? location : location.substring(0, colon),
                                            FORM));
        };
    }
}
