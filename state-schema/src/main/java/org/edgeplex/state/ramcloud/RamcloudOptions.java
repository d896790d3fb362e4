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
/// @param stallMillis a server that is silent for so long while it owes an answer is taken for dead
public record RamcloudOptions(
        String locator, String cluster, String namespace, int serverSpan, int stallMillis) {

    public static final String CLUSTER_DEFAULT = "main";
    public static final String NAMESPACE_DEFAULT = "edgeplex";
    public static final int STALL_MILLIS_DEFAULT = 2_000;
    private static final int SERVER_SPAN_MAX = 1_000;
    private static final int STALL_MILLIS_MAX = 600_000;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,64}");
    private static final Pattern TCP = Pattern.compile("tcp:host=[^,;?\\s]+,port=\\d{1,5}");
    private static final Pattern ZK =
            Pattern.compile("zk:[^,;?\\s]+:\\d{1,5}(,[^,;?\\s]+:\\d{1,5})*");
    private static final String PREFIX = "ramcloud:";
    public static final String FORM =
            "a RAMCloud store's location is ramcloud:tcp:host=H,port=P or ramcloud:zk:H:P[,H:P],"
                    + " then [?namespace=NAME&serverSpan=N&cluster=NAME&stallMillis=N]";

    public RamcloudOptions {
        if (!TCP.matcher(locator).matches() && !ZK.matcher(locator).matches()) {
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
    }

    public static RamcloudOptions of(String locator) {
        return new RamcloudOptions(
                locator, CLUSTER_DEFAULT, NAMESPACE_DEFAULT, 1, STALL_MILLIS_DEFAULT);
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
            RamcloudOptions options = of(locator);
            if (question >= 0) {
                for (String setting : location.substring(question + 1).split("&", -1)) {
                    options = options.with(setting);
                }
            }
            return options;
        } catch (IllegalArgumentException e) {
            throw bad(location, String.valueOf(e.getMessage()));
        }
    }

    private RamcloudOptions with(String setting) {
        int equals = setting.indexOf('=');
        String name = equals < 0 ? setting : setting.substring(0, equals);
        String value = equals < 0 ? "" : setting.substring(equals + 1);
        return switch (name) {
            case "namespace" -> withNamespace(value);
            case "cluster" -> withCluster(value);
            case "serverSpan" -> withServerSpan(number(name, value));
            case "stallMillis" -> withStallMillis(number(name, value));
            default -> throw new IllegalArgumentException("unknown setting \"" + name + '"');
        };
    }

    private static int number(String name, String value) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " is a number: " + value, e);
        }
    }

    public RamcloudOptions withNamespace(String wanted) {
        return new RamcloudOptions(locator, cluster, wanted, serverSpan, stallMillis);
    }

    public RamcloudOptions withCluster(String wanted) {
        return new RamcloudOptions(locator, wanted, namespace, serverSpan, stallMillis);
    }

    public RamcloudOptions withServerSpan(int wanted) {
        return new RamcloudOptions(locator, cluster, namespace, wanted, stallMillis);
    }

    public RamcloudOptions withStallMillis(int wanted) {
        return new RamcloudOptions(locator, cluster, namespace, serverSpan, wanted);
    }

    private static StoreException bad(String location, String why) {
        return new StoreException("\"%s\": %s: %s".formatted(location, why, FORM));
    }
}
