package org.edgeplex.state.lmdb;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.StoreException;
import org.edgeplex.state.lmdb.LmdbOptions.Durability;

/// What a store says of itself, noted when it is made: `edgeplex-state 1 durability=process`.
final class Format {
    static final Bytes KEY = Bytes.utf8("format");

    private static final String NAME = "edgeplex-state 1 durability=";

    private final LmdbOptions options;

    Format(LmdbOptions options) {
        this.options = options;
    }

    /// The durability of a new store.
    Durability wanted() {
        return options.durability() == Durability.POWER ? Durability.POWER : Durability.PROCESS;
    }

    Bytes toMake() {
        return Bytes.utf8(NAME + word(wanted()));
    }

    /// The durability of the store that is there.
    Durability checked(Bytes found, Errors errors) {
        String text = new String(found.toArray(), StandardCharsets.UTF_8);
        if (text.isEmpty()) {
            throw errors.damaged("it does not say what it is");
        }
        for (Durability made : new Durability[] {Durability.PROCESS, Durability.POWER}) {
            if (text.equals(NAME + word(made))) {
                return agreed(made);
            }
        }
        throw new StoreException(
                "store %s was made by another release (\"%s\"): open it with that one"
                        .formatted(options.directory(), text));
    }

    private Durability agreed(Durability made) {
        if (options.durability() != Durability.AS_MADE && options.durability() != made) {
            throw new StoreException(
                    "store %s was made with durability=%s, which all its programs must use"
                            .formatted(options.directory(), word(made)));
        }
        return made;
    }

    private static String word(Durability durability) {
        return durability.name().toLowerCase(Locale.ROOT);
    }
}
