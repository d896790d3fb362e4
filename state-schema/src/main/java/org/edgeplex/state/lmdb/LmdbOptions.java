package org.edgeplex.state.lmdb;

import java.nio.file.Path;

/// How a store is opened.
///
/// @param mapSizeMb the most it may hold, in MiB: address space, not memory, nor disk until it is
///   used. A store that is larger already stays so. [#MAP_SIZE_AS_MADE]: whatever it was made with
/// @param changesKept how many changes a reader may fall behind before its cursor is lost
/// @param create whether a store is made where there is none
public record LmdbOptions(
        Path directory, Durability durability, int mapSizeMb, int changesKept, boolean create) {

    public static final String FORM = "lmdb:DIR[?durability=process|power&mapSizeMb=N]";

    public static final int MAP_SIZE_AS_MADE = 0;

    /// Of a new store.
    public static final int MAP_SIZE_MB_DEFAULT = 4_096;

    public static final int MAP_SIZE_MB_MAX = 1 << 20;
    public static final int CHANGES_KEPT_DEFAULT = 65_536;

    /// What a write waits for. It is a property of the store: who opens it later must agree.
    public enum Durability {
        /// What the store was made with; a new one: [#PROCESS].
        AS_MADE,
        /// Survives the death of any process, not a power failure.
        PROCESS,
        /// Survives a power failure: each commit waits for the disk.
        POWER
    }

    public LmdbOptions {
        if (mapSizeMb < MAP_SIZE_AS_MADE || mapSizeMb > MAP_SIZE_MB_MAX) {
            throw new IllegalArgumentException(
                    "mapSizeMb out of range 0.." + MAP_SIZE_MB_MAX + ": " + mapSizeMb);
        }
        if (changesKept < 1) {
            throw new IllegalArgumentException("changesKept must be positive: " + changesKept);
        }
    }

    /// The options that a location names; fails with [org.edgeplex.state.StoreException].
    public static LmdbOptions parse(String location) {
        return Location.parse(location);
    }

    public static LmdbOptions of(Path directory) {
        return new LmdbOptions(
                directory, Durability.AS_MADE, MAP_SIZE_AS_MADE, CHANGES_KEPT_DEFAULT, true);
    }

    public LmdbOptions withDurability(Durability wanted) {
        return new LmdbOptions(directory, wanted, mapSizeMb, changesKept, create);
    }

    public LmdbOptions withMapSizeMb(int wanted) {
        return new LmdbOptions(directory, durability, wanted, changesKept, create);
    }

    public LmdbOptions withChangesKept(int wanted) {
        return new LmdbOptions(directory, durability, mapSizeMb, wanted, create);
    }

    public LmdbOptions withCreate(boolean wanted) {
        return new LmdbOptions(directory, durability, mapSizeMb, changesKept, wanted);
    }
}
