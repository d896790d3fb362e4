package org.edgeplex.state.lmdb;

import java.nio.file.Path;
import org.edgeplex.state.StoreException;

/// The library's error numbers in words that say what to do.
final class Errors {
    static final int MAP_FULL = -30792;
    static final int READERS_FULL = -30790;
    static final int NO_SPACE = 28;
    static final int NOT_SUPPORTED = 95;

    private static final int CORRUPTED = -30796;
    private static final int PAGE_NOT_FOUND = -30797;
    private static final int PANIC = -30795;
    private static final int VERSION_MISMATCH = -30794;
    private static final int INVALID = -30793;
    private static final int MAP_RESIZED = -30785;
    private static final int NOT_PERMITTED = 1;
    private static final int NO_ENTRY = 2;
    private static final int NO_MEMORY = 12;
    private static final int ACCESS = 13;
    private static final int READ_ONLY_FILE_SYSTEM = 30;

    private final Path directory;

    Errors(Path directory) {
        this.directory = directory;
    }

    /// The store has no room left.
    static final class Full extends StoreException {
        private static final long serialVersionUID = 1L;

        Full(String message) {
            super(message);
        }
    }

    void check(int error, String doing) {
        if (error != 0) {
            throw exception(error, doing);
        }
    }

    StoreException exception(int error, String doing) {
        return switch (error) {
            case MAP_FULL ->
                    new Full(
                            "store %s is full: stop its programs, open it with a larger mapSizeMb"
                                    .formatted(directory));
            case NO_SPACE ->
                    new Full(
                            "store %s: no space left on the disk: free some; what it has is whole"
                                    .formatted(directory));
            case READERS_FULL ->
                    of("too many processes read it at once: stop some, or lsof says who", error);
            case CORRUPTED, PAGE_NOT_FOUND, PANIC, INVALID -> damaged(Lmdb.errorText(error));
            case VERSION_MISMATCH ->
                    new StoreException(
                            "store %s was made by another version of LMDB: %s"
                                    .formatted(directory, Lmdb.errorText(error)));
            case MAP_RESIZED -> of("another process made it larger: start this one again", error);
            case NOT_PERMITTED, ACCESS, READ_ONLY_FILE_SYSTEM ->
                    of("user %s may not write to it".formatted(user()), error);
            case NO_ENTRY -> of("it is gone: was its directory removed?", error);
            case NO_MEMORY -> of("its map does not fit into memory: a smaller mapSizeMb", error);
            default -> of("cannot " + doing, error);
        };
    }

    StoreException damaged(String how) {
        return new StoreException(
                "store %s is damaged: %s: move it away; bring back a copy, or load a dump"
                        .formatted(directory, how));
    }

    private StoreException of(String message, int error) {
        return new StoreException(
                "store %s: %s (%s)".formatted(directory, message, Lmdb.errorText(error)));
    }

    private static String user() {
        return System.getProperty("user.name", "?");
    }
}
