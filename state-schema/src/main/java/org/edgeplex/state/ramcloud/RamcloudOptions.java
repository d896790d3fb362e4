package org.edgeplex.state.ramcloud;

import java.util.regex.Pattern;
import org.edgeplex.state.StoreException;

/// How a cluster is reached.
///
/// @param locator of the coordinator, as RAMCloud writes it: `tcp:host=H,port=P`; or
///   `zk:H:P[,H:P...]`, the ZooKeeper servers that know which coordinator leads
/// @param cluster the cluster's name in ZooKeeper
/// @param namespace begins the names of all tables: stores of different namespaces share a cluster
///   and see nothing of each other
/// @param serverSpan over how many servers a table that is made is spread
/// @param stallMillis a server that is silent for so long while it owes an answer is taken for
///   dead; of the transport in Java
/// @param library the file of RAMCloud's library, for the transport that needs it; empty: where the
///   environment says
public record RamcloudOptions(
        String locator,
        String cluster,
        String namespace,
        int serverSpan,
        int stallMillis,
        Transport transport,
        String library) {

    /// What speaks to the cluster.
    public enum Transport {
        /// RAMCloud's protocol over tcp, in Java.
        WIRE,
        /// RAMCloud's own library, over whatever it was built for.
        NATIVE
    }

    public static final String CLUSTER_DEFAULT = "main";
    public static final String NAMESPACE_DEFAULT = "edgeplex";
    public static final int STALL_MILLIS_DEFAULT = 2_000;
    private static final int SERVER_SPAN_MAX = 1_000;
    private static final int STALL_MILLIS_MAX = 600_000;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,64}");
    private static final Pattern TCP = Pattern.compile("tcp:host=[^,;?\\s]+,port=\\d{1,5}");
    private static final Pattern ZK =
            Pattern.compile("zk:[^,;?\\s]+:\\d{1,5}(,[^,;?\\s]+:\\d{1,5})*");

    /// The library knows more transports than tcp.
    private static final Pattern OF_LIBRARY = Pattern.compile("[a-z0-9+]+:[^;?&\\s]+");

    private static final String PREFIX = "ramcloud:";
    public static final String FORM =
            "a RAMCloud store's location is ramcloud:tcp:host=H,port=P or ramcloud:zk:H:P[,H:P],"
                    + " then [?namespace=NAME&serverSpan=N&cluster=NAME&stallMillis=N"
                    + "&transport=wire|native&library=PATH]";

    public RamcloudOptions {
        boolean isKnown =
                TCP.matcher(locator).matches()
                        || ZK.matcher(locator).matches()
                        || transport == Transport.NATIVE && OF_LIBRARY.matcher(locator).matches();
        if (!isKnown) {
            throw new IllegalArgumentException("not a coordinator's locator: " + locator);
        }
        if (!NAME.matcher(cluster).matches()) {
            throw new IllegalArgumentException("cluster is a name: " + cluster);
        }
        if (!NAME.matcher(namespace).matches()) {
            throw new IllegalArgumentException("namespace is a name: " + namespace);
        }
        if (serverSpan < 1 || serverSpan > SERVER_SPAN_MAX) {
            throw new IllegalArgumentException(
                    "serverSpan out of range 1.." + SERVER_SPAN_MAX + ": " + serverSpan);
        }
        if (stallMillis < 1 || stallMillis > STALL_MILLIS_MAX) {
            throw new IllegalArgumentException(
                    "stallMillis out of range 1.." + STALL_MILLIS_MAX + ": " + stallMillis);
        }
        if (transport == Transport.WIRE && !library.isEmpty()) {
            throw new IllegalArgumentException("library is a setting of transport=native");
        }
    }

    public static RamcloudOptions of(String locator) {
        return new Settings().options(locator);
    }

    /// Reads a store's location; fails with [StoreException], which says how one is written.
    public static RamcloudOptions parse(String location) {
        if (!location.startsWith(PREFIX)) {
            throw bad(location, "not a RAMCloud store");
        }
        int question = location.indexOf('?');
        String locator =
                location.substring(PREFIX.length(), question < 0 ? location.length() : question);
        try {
            Settings settings = new Settings();
            if (question >= 0) {
                for (String setting : location.substring(question + 1).split("&", -1)) {
                    settings.read(setting);
                }
            }
            return settings.options(locator);
        } catch (IllegalArgumentException e) {
            throw bad(location, String.valueOf(e.getMessage()));
        }
    }

    /// What stands behind the question mark.
    private static final class Settings {
        private String cluster = CLUSTER_DEFAULT;
        private String namespace = NAMESPACE_DEFAULT;
        private int serverSpan = 1;
        private int stallMillis = STALL_MILLIS_DEFAULT;
        private Transport transport = Transport.WIRE;
        private String library = "";

        void read(String setting) {
            int equals = setting.indexOf('=');
            String name = equals < 0 ? setting : setting.substring(0, equals);
            String value = equals < 0 ? "" : setting.substring(equals + 1);
            switch (name) {
                case "namespace" -> namespace = value;
                case "cluster" -> cluster = value;
                case "serverSpan" -> serverSpan = number(name, value);
                case "stallMillis" -> stallMillis = number(name, value);
                case "transport" -> transport = transport(value);
                case "library" -> library = value;
                default -> throw new IllegalArgumentException("unknown setting \"" + name + '"');
            }
        }

        RamcloudOptions options(String locator) {
            return new RamcloudOptions(
                    locator, cluster, namespace, serverSpan, stallMillis, transport, library);
        }

        private static Transport transport(String value) {
            return switch (value) {
                case "wire" -> Transport.WIRE;
                case "native" -> Transport.NATIVE;
                default ->
                        throw new IllegalArgumentException("transport is wire or native: " + value);
            };
        }

        private static int number(String name, String value) {
            try {
                return Integer.parseInt(value);
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(name + " is a number: " + value, e);
            }
        }
    }

    private static StoreException bad(String location, String why) {
        return new StoreException("\"%s\": %s: %s".formatted(location, why, FORM));
    }
}
