package org.edgeplex.state.lmdb;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import org.edgeplex.state.StoreException;

/// Reads a location such as `lmdb:/var/lib/edgeplex/state?durability=power&mapSizeMb=8192`.
final class Location {
    private Location() {}

    static LmdbOptions parse(String location) {
        int colon = location.indexOf(':');
        int question = location.indexOf('?');
        String directory =
                location.substring(colon + 1, question < 0 ? location.length() : question);
        if (directory.isEmpty()) {
            throw bad(location, "no directory");
        }
        LmdbOptions options;
        try {
            options = LmdbOptions.of(Path.of(directory));
        } catch (InvalidPathException e) {
            throw bad(location, "not a path: " + e.getReason());
        }
        if (question >= 0) {
            for (String setting : location.substring(question + 1).split("&", -1)) {
                options = set(options, location, setting);
            }
        }
        return options;
    }

    private static LmdbOptions set(LmdbOptions options, String location, String setting) {
        int equals = setting.indexOf('=');
        String name = equals < 0 ? setting : setting.substring(0, equals);
        String value = equals < 0 ? "" : setting.substring(equals + 1);
        return switch (name) {
            case "durability" ->
                    switch (value.toLowerCase(Locale.ROOT)) {
                        case "process" -> options.withDurability(LmdbOptions.Durability.PROCESS);
                        case "power" -> options.withDurability(LmdbOptions.Durability.POWER);
                        default -> throw bad(location, "durability is process or power");
                    };
            case "mapSizeMb" -> {
                int wanted = number(value);
                if (wanted < 1 || wanted > LmdbOptions.MAP_SIZE_MB_MAX) {
                    throw bad(
                            location,
                            "mapSizeMb is a number from 1 to " + LmdbOptions.MAP_SIZE_MB_MAX);
                }
                yield options.withMapSizeMb(wanted);
            }
            default -> throw bad(location, "unknown setting \"" + name + '"');
        };
    }

    /// -1: it is none.
    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException _) {
            return -1;
        }
    }

    private static StoreException bad(String location, String why) {
        return new StoreException(
                "\"%s\": %s: a location is %s".formatted(location, why, LmdbOptions.FORM));
    }
}
