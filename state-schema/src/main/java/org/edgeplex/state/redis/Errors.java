package org.edgeplex.state.redis;

import java.util.Set;
import org.edgeplex.state.StoreException;

/// What the server's errors mean, and what is to be done.
final class Errors {
    /// The server cannot serve now, but it, or another one of that name, may later.
    private static final Set<String> PASSING = Set.of("LOADING", "MASTERDOWN", "READONLY");

    /// Said before anything was done.
    private static final Set<String> WITHOUT_EFFECT =
            Set.of(
                    "OOM",
                    "MISCONF",
                    "NOREPLICAS",
                    "NOPERM",
                    "NOAUTH",
                    "BUSY",
                    "MOVED",
                    "GONE",
                    "CLUSTERDOWN",
                    "ASK");

    private Errors() {}

    /// Whether another connection may help.
    static boolean isPassing(Reply.Failure failure) {
        return PASSING.contains(failure.kind());
    }

    /// Whether a batch that ends so has surely done nothing.
    static boolean isWithoutEffect(Reply.Failure failure) {
        return WITHOUT_EFFECT.contains(failure.kind());
    }

    static StoreException of(Reply.Failure failure) {
        return new StoreException(text(failure));
    }

    static String text(Reply.Failure failure) {
        String advice =
                switch (failure.kind()) {
                    case "OOM" ->
                            "the server's memory is full: raise its maxmemory, or remove what is"
                                    + " not needed";
                    case "NOAUTH" -> "the server wants a password: give passwordFile";
                    case "WRONGPASS" -> "the user or the password is wrong";
                    case "NOPERM" ->
                            "the user lacks a right: the rights that are needed are in"
                                    + " state-schema/README.md";
                    case "READONLY" ->
                            "the server is a replica, which takes no writes: name the master";
                    case "LOADING" -> "the server still loads its data: wait";
                    case "MASTERDOWN" -> "the server is a replica that has lost its master";
                    case "MISCONF" ->
                            "the server cannot save to its disk and refuses writes: see its log";
                    case "NOREPLICAS" ->
                            "the server has fewer replicas than its min-replicas-to-write";
                    case "MOVED", "ASK", "CLUSTERDOWN" ->
                            "another node of the cluster has this namespace: name that one";
                    case "BUSY" -> "another program's script keeps the server busy";
                    case "NOPROTO" ->
                            "the server does not speak RESP3: it must be Redis 7 or later";
                    default -> "the server refused";
                };
        return advice + " (" + failure.message() + ')';
    }

    static StoreException unexpected(Reply reply) {
        String kind = reply.getClass().getSimpleName();
        return new StoreException("the server answered with something else, of type " + kind);
    }

    /// The server does not know the script: it is to be sent whole.
    static boolean isNoScript(Reply reply) {
        return reply instanceof Reply.Failure failure && failure.kind().equals("NOSCRIPT");
    }
}
