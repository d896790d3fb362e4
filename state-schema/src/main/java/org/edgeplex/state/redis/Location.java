package org.edgeplex.state.redis;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.edgeplex.state.FileFailure;
import org.edgeplex.state.StoreException;

/// Reads a location such as `redis://db.example.net:6379/0?namespace=pe7`.
///
/// What it complains of never shows the location, which may contain a password.
final class Location {
    private static final String UNIX = "redis:unix:";
    private static final int PORT_MAX = 65_535;

    private Location() {}

    static RedisOptions parse(String location) {
        int question = location.indexOf('?');
        String place = question < 0 ? location : location.substring(0, question);
        try {
            RedisOptions options = place(place);
            if (question >= 0) {
                for (String setting : location.substring(question + 1).split("&", -1)) {
                    options = set(options, setting);
                }
            }
            if (options.user().isPresent() && options.password().isEmpty()) {
                throw bad("a user without a password: give passwordFile or passwordEnv");
            }
            return options;
        } catch (InvalidPathException e) {
            throw bad("not a path: " + e.getReason());
        } catch (IllegalArgumentException e) {
            throw bad(String.valueOf(e.getMessage()));
        }
    }

    private static RedisOptions place(String place) {
        if (place.startsWith(UNIX)) {
            String path = place.substring(UNIX.length());
            if (path.isEmpty()) {
                throw bad("no socket");
            }
            return RedisOptions.at(List.of(new Endpoint.Unix(Path.of(path))), new Tls.Off());
        }
        if (place.startsWith("redis://")) {
            return hosts(place.substring("redis://".length()), new Tls.Off());
        }
        if (place.startsWith("rediss://")) {
            return hosts(place.substring("rediss://".length()), new Tls.SystemTrust());
        }
        throw bad("it begins otherwise");
    }

    private static RedisOptions hosts(String authority, Tls tls) {
        int at = authority.lastIndexOf('@');
        String hosts = authority.substring(at + 1);
        int slash = hosts.indexOf('/');
        List<Endpoint> endpoints = new ArrayList<>();
        for (String host : (slash < 0 ? hosts : hosts.substring(0, slash)).split(",", -1)) {
            endpoints.add(host(host));
        }
        RedisOptions options = RedisOptions.at(endpoints, tls);
        if (slash >= 0 && slash + 1 < hosts.length()) {
            options = options.withDatabase(number("the database", hosts.substring(slash + 1)));
        }
        if (at >= 0) {
            String user = authority.substring(0, at);
            int colon = user.indexOf(':');
            if (colon < 0) {
                return options.withUser(decoded(user));
            }
            options = options.withPassword(new Secret(decoded(user.substring(colon + 1))));
            return colon == 0 ? options : options.withUser(decoded(user.substring(0, colon)));
        }
        return options;
    }

    private static Endpoint host(String text) {
        int bracket = text.lastIndexOf(']');
        int colon = text.indexOf(':', Math.max(bracket, 0));
        String host = colon < 0 ? text : text.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        int port =
                colon < 0
                        ? RedisOptions.PORT_DEFAULT
                        : number("the port", text.substring(colon + 1));
        if (host.isEmpty()) {
            throw bad("no host");
        }
        if (port < 1 || port > PORT_MAX) {
            throw bad("the port is a number from 1 to " + PORT_MAX);
        }
        return new Endpoint.Tcp(host, port);
    }

    private static RedisOptions set(RedisOptions options, String setting) {
        int equals = setting.indexOf('=');
        String name = equals < 0 ? setting : setting.substring(0, equals);
        String value = equals < 0 ? "" : decoded(setting.substring(equals + 1));
        return switch (name) {
            case "user" -> options.withUser(value);
            case "passwordFile" -> options.withPassword(ofFile(Path.of(value)));
            case "passwordEnv" -> options.withPassword(ofEnvironment(value));
            case "database" -> options.withDatabase(number(name, value));
            case "namespace" -> options.withNamespace(value);
            case "replicas" -> options.withReplicas(number(name, value));
            case "waitMillis" -> options.withWaitMillis(number(name, value));
            case "changesKept" -> options.withChangesKept(number(name, value));
            case "caFile" -> {
                if (options.tls() instanceof Tls.Off) {
                    throw bad("caFile is for rediss://");
                }
                yield options.withTls(new Tls.CaFile(Path.of(value)));
            }
            default -> throw bad("unknown setting \"" + name + '"');
        };
    }

    private static Secret ofFile(Path file) {
        try {
            return new Secret(Files.readString(file).strip());
        } catch (IOException e) {
            throw new StoreException("passwordFile: " + FileFailure.text(e), e);
        }
    }

    private static Secret ofEnvironment(String variable) {
        String value = System.getenv(variable);
        if (value == null) {
            throw new StoreException("passwordEnv: there is no variable " + variable);
        }
        return new Secret(value);
    }

    private static int number(String name, String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException _) {
            throw bad(name + " is a number");
        }
    }

    private static String decoded(String text) {
        // A plus is a plus: this is no form.
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static StoreException bad(String why) {
        return new StoreException(
                "this location of a store is wrong: " + why + ": it is " + RedisOptions.FORM);
    }
}
